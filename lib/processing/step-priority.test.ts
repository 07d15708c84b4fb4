import { expect, test } from "vitest";
import { stepPriority } from "#lib/processing/step-priority.ts";
import { livePlan } from "#tests/factories/live-plan.ts";

const withChunks = (count: number) => {
  const chunks = Array.from({ length: count }, (_, ordinal) => ({ ordinal, firstSegment: ordinal, segmentCount: 1 }));
  return livePlan("none", { chunks, previewChunks: chunks });
};
const short = withChunks(3);
const long = withChunks(200);

test("what a viewer waits for goes before the rest of any ladder, and short videos before long ones", () => {
  const order = [
    stepPriority({ kind: "finish", ordinal: 0, plan: long }),
    stepPriority({ kind: "probe", ordinal: 0, plan: null }),
    stepPriority({ kind: "preview", ordinal: 0, plan: long }),
    stepPriority({ kind: "preview", ordinal: 1, plan: short }),
    stepPriority({ kind: "preview", ordinal: 1, plan: long }),
    stepPriority({ kind: "encode", ordinal: 0, plan: long }),
    stepPriority({ kind: "encode", ordinal: 2, plan: short }),
    stepPriority({ kind: "encode", ordinal: 1, plan: long }),
    stepPriority({ kind: "package", ordinal: 0, plan: short }),
  ];
  expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
});

test("a video's own sound goes with its first picture, its other languages later", () => {
  const [main] = short.audio;
  if (main === undefined) throw new Error("the plan has a sound");
  const plan = { ...short, audio: [main, { ...main, ordinal: 1, isDefault: false }] };
  expect(stepPriority({ kind: "audio", ordinal: 0, plan })).toBe(stepPriority({ kind: "preview", ordinal: 0, plan }));
  expect(stepPriority({ kind: "audio", ordinal: 1, plan })).toBeGreaterThan(
    stepPriority({ kind: "audio", ordinal: 0, plan }),
  );
});
