import { expect, it } from "vitest";
import { makeLadder } from "#lib/media/plan/ladder.ts";
import { exportScratchNeed, scratchNeed } from "#lib/media/plan/scratch-need.ts";
import { livePlan } from "#tests/factories/live-plan.ts";

const mebibyte = 1024 ** 2;
const least = 16 * mebibyte;
const need = (kind: Parameters<typeof scratchNeed>[0]["step"]["kind"], plan = livePlan("none"), ordinal = 0) =>
  scratchNeed({ plan, step: { kind, ordinal } });

it("bounds a chunk by its rungs' largest rates, once growing and once as segments", () => {
  // 24 s of three rungs, the lowest made by the preview lane: 8 s in the first chunk, 16 s in the open second one.
  const plan = livePlan("none");
  const [low = 0, ...others] = plan.rungs.map(({ maxrateKbps }) => maxrateKbps);
  const rest = others.reduce((sum, kbps) => sum + kbps, 0);
  expect(need("preview", plan, 0)).toBe(Math.ceil(least + ((low * 1000) / 8) * 16 * 1.1));
  expect(need("encode", plan, 0)).toBe(Math.ceil(least + ((rest * 1000) / 8) * 16 * 1.1));
  expect(need("encode", plan, 1)).toBe(Math.ceil(least + ((rest * 1000) / 8) * 32 * 1.1));
});

it("takes a chunk of a whole long film for the growing file and a minute of segments", () => {
  const rungs = makeLadder({ size: { width: 1920, height: 1080 }, frameRate: { num: 25, den: 1 } });
  const chunks = [{ ordinal: 0, firstSegment: 0, segmentCount: null }];
  const film = livePlan("none", { durationMs: 7_200_000, rungs, chunks, previewRung: null, previewChunks: [] });
  const kbps = rungs.reduce((sum, { maxrateKbps }) => sum + maxrateKbps, 0);
  expect(need("encode", film)).toBe(Math.ceil(least + ((kbps * 1000) / 8) * 7260 * 1.1));
  expect(need("encode", { ...film, durationMs: 0 })).toBe(Math.ceil(least + ((kbps * 1000) / 8) * 1860 * 1.1));
});

it("gives the second chunk all that is left when the file can only be read from its start", () => {
  const chunks = [0, 1, 2].map((ordinal) => ({ ordinal, firstSegment: 2 * ordinal, segmentCount: 2 }));
  const plan = livePlan("none", { chunks, copy: { sizeBytes: 5_000_000 } });
  const asked = (ordinal: number, copied: boolean) =>
    scratchNeed({ plan, step: { kind: "encode", ordinal }, copied }) - least;
  expect([0, 1, 2].map((ordinal) => asked(ordinal, true) / asked(0, true))).toEqual([1, 1, 1]);
  expect([0, 1, 2].map((ordinal) => Math.round(asked(ordinal, false) / asked(0, true)))).toEqual([1, 2, 0]);
  expect(need("copy", plan)).toBe(Math.ceil(least + 5_000_000 * 1.1));
});

it("asks little for a drawn cover, and next to nothing for what writes next to nothing", () => {
  const plan = livePlan("none");
  const cover = { ...plan, picture: { origin: "cover" as const, audioStreamIndex: 0, width: 1280, height: 720 } };
  expect(need("encode", cover)).toBeLessThan(least + (need("encode", plan) - least) / 9);
  expect(scratchNeed({ plan: null, step: { kind: "probe", ordinal: 0 } })).toBe(least);
  for (const kind of ["poster", "text", "finish"] as const) expect(need(kind)).toBe(least);
});

it("knows what sound, packaging and stills write", () => {
  expect(need("audio")).toBe(Math.ceil(least + ((400 * 1000) / 8) * 24 * 1.1));
  // Six segments of half a megabyte are all there are to wait together.
  expect(need("package", livePlan("avc"))).toBe(Math.ceil(least + 3_000_000 * 3 * 1.1));
  expect(need("package")).toBe(least);
  expect(need("stills")).toBe(Math.ceil(least + (24 * 20 * 1024 + ((900 * 1000) / 8) * 30) * 1.1));
});

it("counts a sound file twice: before and behind its tag", () => {
  expect(exportScratchNeed({ bitrate: 192, seconds: 600 })).toBe(Math.ceil(least + 24_000 * 2 * 600 * 1.1));
  expect(exportScratchNeed({ bitrate: "v0", seconds: null })).toBe(Math.ceil(least + 40_000 * 2 * 1800 * 1.1));
});
