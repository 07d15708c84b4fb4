import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { readCaptionFile } from "#lib/media/captions/caption-file.ts";
import { textResultSchema } from "#lib/media/captions/caption-result.ts";
import { makePlan } from "#lib/media/plan/make-plan.ts";
import { defaultPlanSettings } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { makeClosedCaptionMov, makeSubtitledMkv, makeSubtitledMp4 } from "#tests/media/caption-samples.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { textStep } from "#worker/steps/text.ts";

let folder: string;
const runner = createFfmpegRunner();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-text-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Plans a file as the probe step does and runs its text step; gives tracks with their captions. */
const textOf = async (sourcePath: string) => {
  const { signal } = new AbortController();
  const probe = parseProbe((await runner.ffprobe({ path: sourcePath, signal })).json);
  const plan = makePlan({ probe, settings: defaultPlanSettings, wishes: noWishes, source: null });
  expect(plan.steps.filter(({ kind }) => kind === "text")).toMatchObject([{ required: false, ordinal: 0 }]);
  const videoId = newId();
  const outcome = await textStep({
    run: { id: newId(), videoId, plan },
    step: { id: newId(), kind: "text", ordinal: 0 },
    ...{ title: "A clip", sourcePath, results: [], wishes: noWishes, signal },
    scratchDir: await mkdtemp(join(folder, "scratch-")),
    ...{ ffmpeg: runner.ffmpeg, ffprobe: runner.ffprobe, report: () => undefined },
    publish: () => Promise.reject(new Error("nothing to publish")),
    published: () => Promise.resolve([]),
    readStored: () => Promise.reject(new Error("nothing is stored")),
  });
  const result = textResultSchema.parse(outcome.result);
  const captions = await Promise.all(
    result.captions.map(async ({ id, key, sizeBytes, cueCount, ...caption }) => {
      expect(key).toBe(`runs/${videoId}/captions/${id}-1.vtt`);
      const file = outcome.files.find((one) => one.key === key);
      const bytes = await readFile(file?.path ?? "");
      const { cues, format } = readCaptionFile(bytes);
      expect({ format, sizeBytes, cueCount }).toEqual({
        format: "vtt",
        sizeBytes: bytes.byteLength,
        cueCount: cues.length,
      });
      return { ...caption, cues: cues.map(({ startMs, endMs, text }) => [startMs, endMs, text]) };
    }),
  );
  return { captions, chapters: result.chapters };
};

const srtCues = [
  [1000, 2500, "<i>Привіт</i>, a &lt; b &amp; c\nsecond line"],
  [3000, 4000, "Top <b>bold</b>"],
];
const chapters = [
  { startMs: 0, title: 'Початок "x"' },
  { startMs: 2000, title: "Second" },
];

test("an MKV's SRT and ASS tracks and its chapters", async () => {
  expect(await textOf(await makeSubtitledMkv(folder))).toEqual({
    captions: [
      { language: "uk", label: "Українська", kind: "subtitles", isDefault: false, cues: srtCues },
      {
        ...{ language: "en", label: "Signs", kind: "subtitles", isDefault: false },
        cues: [
          [1000, 2000, "<i>Italic</i> one\ntwo"],
          [3000, 4000, "Sign, with a comma"],
        ],
      },
    ],
    chapters,
  });
});

test("times are told from the file's start, wherever that lies", async () => {
  const { captions } = await textOf(await makeSubtitledMkv(folder, 7));
  expect(captions[0]?.cues).toEqual(srtCues);
});

test("an MP4's timed text and its chapters", async () => {
  const { captions, chapters: found } = await textOf(await makeSubtitledMp4(folder));
  expect(captions).toMatchObject([{ language: "uk", label: "Українська", kind: "subtitles" }]);
  expect(captions[0]?.cues).toEqual(srtCues);
  expect(found).toEqual(chapters);
});

test("closed captions that are a track of their own", async () => {
  const { captions } = await textOf(await makeClosedCaptionMov(folder));
  expect(captions).toMatchObject([{ language: "und", label: "Subtitles 1", kind: "captions" }]);
  const [[startMs, endMs, text] = []] = captions[0]?.cues ?? [];
  expect(text).toBe("Hello closed world");
  expect(Number(startMs)).toBeGreaterThanOrEqual(900);
  expect(Number(endMs)).toBeLessThanOrEqual(3700);
});
