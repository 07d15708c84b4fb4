import { expect, test } from "vitest";
import { readsCopy, unreachableChunk } from "#lib/media/plan/chunk-source.ts";
import { livePlan } from "#tests/factories/live-plan.ts";

const plan = livePlan("none", { seekable: false, copy: { sizeBytes: 1000 } });
const copied = [{ kind: "copy", result: { copied: true } }];

test("every chunk but the first reads the copy, once there is one", () => {
  const reads = (kind: "preview" | "encode" | "audio", ordinal: number, results = copied) =>
    readsCopy({ plan, step: { kind, ordinal }, results });
  expect([reads("preview", 0), reads("preview", 1), reads("encode", 3), reads("audio", 1)]).toEqual([
    ...[false, true, true, false],
  ]);
  expect(reads("encode", 1, [])).toBe(false);
  expect(reads("encode", 1, [{ kind: "copy", result: { copied: false } }])).toBe(false);
  expect(readsCopy({ plan: livePlan("none"), step: { kind: "encode", ordinal: 1 }, results: copied })).toBe(false);
});

test("where nobody can begin inside, the second chunk takes all that is left", () => {
  const chunks = [0, 1, 2].map((ordinal) => ({ ordinal, firstSegment: ordinal * 2, segmentCount: 2 }));
  expect(chunks.map(unreachableChunk)).toEqual([chunks[0], { ordinal: 1, firstSegment: 2, segmentCount: null }, null]);
});
