import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Plan } from "#lib/media/plan/plan.ts";
import { type PosterResult, posterResultSchema } from "#lib/media/playlists/rendition-parts.ts";
import { pictureFacts } from "#lib/media/stills/picture-facts.ts";
import { measureStill, type StillMeasures, stillDistance } from "#lib/media/stills/poster-score.ts";
import { mediaKindOf } from "#lib/playback/media-kinds.ts";
import { makeProbedPlan } from "#tests/media/probed-plan.ts";
import { runOneStep } from "#tests/media/run-step.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { posterStep } from "#worker/steps/poster.ts";

let folder: string;

vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora posters' %d-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const source = (description: string, seconds: number) => ["-f", "lavfi", "-t", String(seconds), "-i", description];

/** Scenes one after the other, each through filters of its own. */
const makeClip = async (input: {
  name: string;
  scenes: readonly (readonly [string, number, string])[];
  gop: number;
}) => {
  const path = join(folder, input.name);
  const inputs = input.scenes.flatMap(([description, seconds]) => source(description, seconds));
  const scenes = input.scenes.map(
    ([, , filters], index) => `[${index}:v]${filters},format=yuv420p,setsar=1[s${index}]`,
  );
  const joined = `${input.scenes.map((_, index) => `[s${index}]`).join("")}concat=n=${input.scenes.length}[v]`;
  await runTool("ffmpeg", [
    ...inputs,
    ...["-filter_complex", [...scenes, joined].join(";"), "-map", "[v]"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-g", String(input.gop), path],
  ]);
  return path;
};

const proposalsOf = async (
  sourcePath: string,
): Promise<{ result: PosterResult; stills: StillMeasures[]; sizes: string[]; plan: Plan }> => {
  const plan = await makeProbedPlan(sourcePath);
  const { outcome } = await runOneStep({ handler: posterStep, kind: "poster", plan, sourcePath, folder });
  const stills = [];
  for (const { path } of outcome.files.filter(({ key }) => key.endsWith(".jpg"))) {
    const rgb = await runTool("ffmpeg", [
      "-pattern_type",
      "none",
      "-i",
      path,
      "-vf",
      "scale=320:180",
      "-pix_fmt",
      "rgb24",
      "-f",
      "rawvideo",
      "-",
    ]);
    stills.push(measureStill({ width: 320, height: 180, rgb }));
  }
  const sizes = [];
  for (const { path } of outcome.files.filter(({ key }) => key.endsWith(".webp"))) {
    const facts = pictureFacts(await readFile(path));
    sizes.push(`${facts?.width}x${facts?.height}`);
  }
  return { result: posterResultSchema.parse(outcome.result), stills, sizes, plan };
};

/** Red, green and blue in the middle of a JPEG or a WebP. */
const middleOf = async (path: string) => [
  ...(
    await runTool("ffmpeg", [
      ...["-f", path.endsWith(".webp") ? "webp_pipe" : "jpeg_pipe", "-i", path, "-vf", "crop=2:2", "-frames:v", "1"],
      ...["-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
    ])
  ).subarray(0, 3),
];

const size = "s=640x360:r=25";

describe("poster proposals", () => {
  test("of a clip that begins black and has a blurred part come from the sharp scenes and differ", async () => {
    const path = await makeClip({
      name: "black-and-blur.mp4",
      scenes: [
        [`color=black:${size}`, 8, "null"],
        [`testsrc2=${size}`, 8, "boxblur=24:2"],
        [`testsrc2=${size}`, 4, "null"],
        [`testsrc2=${size}`, 4, "hue=h=120,hflip"],
        [`life=s=640x360:r=25:ratio=0.3:mold=20:life_color=#e0a030:death_color=#302050`, 4, "null"],
      ],
      gop: 25,
    });
    const { result, stills, sizes } = await proposalsOf(path);
    expect(result.proposals).toHaveLength(3);
    expect(sizes).toEqual(["320x180", "640x360", "320x180", "640x360", "320x180", "640x360"]);
    for (const { thumbnails } of result.proposals) {
      expect(thumbnails.map(({ width, sizeBytes }) => [width, sizeBytes > 0])).toEqual([
        [320, true],
        [640, true],
      ]);
    }
    expect(result.poster).toEqual(result.proposals[0]);
    expect(new Set(result.proposals.map(({ dominantColor }) => dominantColor)).size).toBe(3);
    for (const [index, still] of stills.entries()) {
      expect(still.luminance, `proposal ${index}`).toBeGreaterThan(22);
      expect(still.sharpness, `proposal ${index}`).toBeGreaterThan(100);
      for (const other of stills.slice(0, index)) expect(stillDistance(still, other)).toBeGreaterThan(0.035);
    }
  });

  test("of a clip with a single key frame come from its other frames", async () => {
    const path = await makeClip({
      name: "one-key-frame.mp4",
      scenes: [
        [`color=black:${size}`, 1, "null"],
        [`testsrc2=${size}`, 2, "null"],
        [`smptehdbars=${size}`, 2, "null"],
      ],
      gop: 9999,
    });
    const { result, stills } = await proposalsOf(path);
    expect(result.proposals.length).toBeGreaterThanOrEqual(2);
    for (const { luminance } of stills) expect(luminance).toBeGreaterThan(22);
  });

  test("of a clip that shows the same all the time there is one", async () => {
    const path = await makeClip({ name: "still.mp4", scenes: [[`smptehdbars=${size}`, 6, "null"]], gop: 25 });
    const { result } = await proposalsOf(path);
    expect(result.proposals).toHaveLength(1);
  });

  test("of an upright, turned recording have the shape that is shown", async () => {
    const upright = join(folder, "upright.mov");
    const path = await makeClip({ name: "turned.mp4", scenes: [[`testsrc2=${size}`, 4, "null"]], gop: 25 });
    await runTool("ffmpeg", ["-display_rotation:v:0", "90", "-i", path, "-c", "copy", upright]).catch(() =>
      // Older ffmpeg: the tag does the same.
      runTool("ffmpeg", ["-i", path, "-c", "copy", "-metadata:s:v:0", "rotate=90", upright]),
    );
    const { plan, result, sizes } = await proposalsOf(upright);
    expect(plan.poster).toMatchObject({ width: 360, height: 640 });
    expect(result.poster?.thumbnails.map(({ width }) => width)).toEqual([320]);
    expect(new Set(sizes)).toEqual(new Set(["320x568"]));
  });
});

test("of a marked video carry the mark, and clean ones lie beside them where nobody is served", async () => {
  const sourcePath = await makeClip({ name: "marked.mp4", scenes: [[`color=0x203040:${size}`, 4, "null"]], gop: 25 });
  const imageKey = "mark.png";
  const red = [...source("color=red:s=100x100:r=1", 1), "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "-"];
  await writeFile(join(folder, imageKey), await runTool("ffmpeg", red));
  const watermark = {
    ...{ watermarkId: "w", imageKey, imageWidth: 100, imageHeight: 100 },
    design: { kind: "image", text: null, position: "center", opacity: 1, scale: 0.2, margin: 0 },
  } satisfies Plan["watermark"];
  const plan = { ...(await makeProbedPlan(sourcePath)), watermark };
  const { outcome } = await runOneStep({ handler: posterStep, kind: "poster", plan, sourcePath, folder });
  const reds = await Promise.all(outcome.files.map(({ path }) => middleOf(path)));
  expect(outcome.files.map(({ key }) => /[^/]+$/.exec(key)?.[0])).toEqual([
    ...["poster.jpg", "poster-w320.webp", "poster-w640.webp", "poster.clean"],
  ]);
  expect(outcome.files.map(({ key }) => mediaKindOf(key)?.contentType)).toEqual([
    ...["image/jpeg", "image/webp", "image/webp", undefined],
  ]);
  for (const marked of reds.slice(0, 3)) {
    expect(marked).toEqual([expect.closeTo(254, -1), expect.closeTo(0, -1), expect.closeTo(0, -1)]);
  }
  expect(reds[3]).toEqual([expect.closeTo(0x20, -1), expect.closeTo(0x30, -1), expect.closeTo(0x40, -1)]);
  expect(posterResultSchema.parse(outcome.result).proposals).toHaveLength(1);
});
