import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NextIntlClientProvider } from "next-intl";
import type { Browser } from "playwright-core";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WatermarkStage } from "#components/studio/editor/watermark/watermark-stage.tsx";
import { messages } from "#lib/i18n/messages.ts";
import { newId } from "#lib/ids.ts";
import { type WatermarkWish, wishesSchema } from "#lib/media/plan/wishes.ts";
import { pngSize } from "#lib/media/watermark/watermark-image.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkImageKey } from "#lib/storage/keys.ts";
import { differenceBox, meanDifference, type Pixels } from "#tests/media/difference.ts";
import { processFile } from "#tests/media/process-file.ts";
import { joinedFile } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { drawMark } from "#worker/draw-mark.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

let folder = "";
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-preview-"));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two seconds of a picture that does not move, with flat and busy parts, in BT.709 as cameras say. */
const clip = async (name: string, size: string): Promise<string> => {
  const path = join(folder, name);
  const bt709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];
  await runTool("ffmpeg", [
    ...lavfi(`gradients=s=${size}:d=2:r=25:speed=0.00001:c0=0x204060:c1=0xc0a080:x0=0:y0=0:x1=900:y1=700:n=2`),
    ...["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", ...bt709],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", path],
  ]);
  return path;
};

/** A logo with colours, transparent round it and half transparent in its right half. */
const logo = async (): Promise<Buffer> => {
  const path = join(folder, "logo.png");
  const alpha = "255*lte(hypot(X-200,Y-100)\\,90)*(0.5+0.5*lt(X\\,200))";
  await runTool("ffmpeg", [
    ...lavfi("color=black:s=400x200:d=1:r=1"),
    ...["-vf", `format=rgba,geq=r='255*lt(Y,100)':g='60':b='255*gte(Y,100)':a='${alpha}'`, "-frames:v", "1", path],
  ]);
  return readFile(path);
};

const pixelsOf = async (input: { path: string; seek?: string; size?: string }): Promise<Pixels> => {
  const { path, seek = "0", size } = input;
  const scale = size === undefined ? "null" : `scale=${size}:flags=bicubic`;
  const png = join(folder, `${newId()}.png`);
  const toRgb = `${scale},scale=in_color_matrix=bt709:in_range=tv,format=rgb24`;
  await runTool("ffmpeg", ["-ss", seek, "-i", path, "-vf", toRgb, "-frames:v", "1", png]);
  return pixelsOfPng(png);
};

const pixelsOfPng = async (path: string): Promise<Pixels> => {
  const size = pngSize(await readFile(path));
  if (size === null) throw new Error("not a PNG");
  const rgb = await runTool("ffmpeg", ["-i", path, "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]);
  return { ...size, rgb };
};

const dataUrl = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString("base64")}`;

// What the stage's own classes say, without the site's style sheet.
const css = `*{margin:0;box-sizing:border-box}body{background:#000}.relative{position:relative}.absolute{position:absolute}
.inset-0{inset:0}.size-full{width:100%;height:100%}.w-full{width:100%}.object-fill{object-fit:fill}.max-w-none{max-width:none}`;

/** The editor's own preview over a picture, drawn by Chromium at the picture's size. */
const preview = async (input: { ground: string; wish: WatermarkWish; png: Uint8Array; size: Pixels }) => {
  const { ground, wish, png, size } = input;
  const playback = {
    posterUrl: null,
    thumbnails: [],
    dominantColor: null,
    hlsUrl: null,
    storyboardUrl: null,
    previewUrl: null,
  };
  const video = { width: size.width, height: size.height, playback: { ...playback, captions: [], chapters: [] } };
  const image = { url: dataUrl(png), width: wish.imageWidth, height: wish.imageHeight };
  const stage = createElement(WatermarkStage, {
    video: video as unknown as Parameters<typeof WatermarkStage>[0]["video"],
    groundUrl: ground,
    mark: { image, placement: wish.design },
  });
  const intl = { locale: "en", timeZone: "UTC", messages: messages.en };
  // biome-ignore lint/correctness/noChildrenProp: its type demands them among the properties
  const tree = createElement(NextIntlClientProvider, { ...intl, children: stage });
  const page = await browser.newPage({ viewport: { width: size.width, height: size.height } });
  await page.setContent(`<style>${css}[data-testid]{max-width:none!important}</style>${renderToStaticMarkup(tree)}`);
  await page.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0));
  const path = join(folder, `${newId()}.png`);
  await page.getByTestId("watermark-stage").screenshot({ path, animations: "disabled" });
  await page.close();
  return pixelsOfPng(path);
};

const wishFor = async (input: { png: Uint8Array; design: WatermarkWish["design"]; outDir: string }) => {
  const watermarkId = newId();
  const imageKey = watermarkImageKey({ watermarkId, drawingId: newId() });
  const path = join(input.outDir, "store", imageKey);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, input.png);
  const size = pngSize(input.png) ?? { width: 0, height: 0 };
  return { watermarkId, design: input.design, imageKey, imageWidth: size.width, imageHeight: size.height };
};

const drawnText = async (): Promise<Uint8Array> => {
  const { ffmpeg } = createFfmpegRunner();
  const scene = { store: objectStore(), ffmpeg, scratchDir: await mkdtemp(join(folder, "mark-")) };
  const drawing = await drawMark({ ...scene, signal: new AbortController().signal }, { text: "© Студія Їжак" });
  if (!("image" in drawing)) throw new Error(drawing.failure);
  return drawing.image;
};

/** Each run costs an encode; the other places are the same arithmetic, which has tests of its own. */
const positionsOf = (name: string) =>
  name === "a logo" ? (["top-left", "center"] as const) : (["bottom-right"] as const);

describe.each([
  ["a logo", "1280x720", logo, { kind: "image", text: null, opacity: 0.7, scale: 0.2, margin: 0.05 }],
  ["a text", "1280x720", drawnText, { kind: "text", text: "x", opacity: 0.9, scale: 0.3, margin: 0.03 }],
  [
    "a logo in an upright picture",
    "608x1080",
    logo,
    { kind: "image", text: null, opacity: 1, scale: 0.45, margin: 0.08 },
  ],
] as const)("%s", (name, size, make, look) => {
  test.each(positionsOf(name))(
    "%s: what the editor shows is what is burned in",
    { timeout: 120_000 },
    async (position) => {
      const outDir = await mkdtemp(join(folder, "run-"));
      const png = await make();
      const wish = await wishFor({ png, design: { ...look, position }, outDir });
      const sourcePath = await clip(`${newId()}.mp4`, size);
      const { runDir, plan } = await processFile({
        ...{ sourcePath, outDir },
        wishes: wishesSchema.parse({ watermark: wish }),
      });
      expect(plan.source).toBeNull();
      for (const rung of plan.rungs.filter(({ shortSide }) => shortSide === 360 || shortSide === 720)) {
        const marked = await pixelsOf({ path: await joinedFile(runDir, rung.name), seek: "0.4" });
        const plain = await pixelsOf({ path: sourcePath, seek: "0.4", size: `${rung.width}:${rung.height}` });
        const ground = join(folder, `${newId()}.png`);
        const rgb = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${rung.width}x${rung.height}`];
        await writeFile(`${ground}.rgb`, plain.rgb);
        await runTool("ffmpeg", [...rgb, "-i", `${ground}.rgb`, ground]);
        const shown = await preview({ ground: dataUrl(await readFile(ground)), wish, png, size: marked });
        expect([shown.width, shown.height]).toEqual([marked.width, marked.height]);
        const burned = differenceBox({ one: marked, other: plain, threshold: 40 });
        const drawn = differenceBox({ one: shown, other: plain, threshold: 40 });
        for (const side of ["x", "y", "width", "height"] as const) {
          expect(Math.abs(burned[side] - drawn[side]), `${rung.name} ${side}`).toBeLessThanOrEqual(2);
        }
        const difference = meanDifference({ one: marked, other: shown, box: burned });
        expect(difference, `${rung.name} difference`).toBeLessThan(8);
        // Without the mark the same box differs by far: the comparison sees something.
        expect(meanDifference({ one: marked, other: plain, box: burned })).toBeGreaterThan(difference * 4);
      }
    },
  );
});
