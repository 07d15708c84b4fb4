import { describe, expect, it } from "vitest";
import { type LabelClass, labelClasses } from "#lib/labels/classes.ts";
import { rankLabels } from "#lib/labels/rank-labels.ts";

const kind = (label: LabelClass) => labelClasses.indexOf(label);
const seen = (...things: [label: LabelClass, score: number][]) =>
  things.map(([label, score]) => ({ kind: kind(label), score }));

describe("the things that a model saw", () => {
  it("are eighty kinds with names of their own", () => {
    expect(new Set(labelClasses).size).toBe(80);
  });

  it("are suggested when they came up twice, or once without much doubt", () => {
    const frames = [seen(["dog", 0.45], ["cat", 0.5], ["car", 0.7]), seen(["dog", 0.41], ["boat", 0.39])];
    expect(rankLabels(frames)).toEqual([
      { label: "dog", confidence: 0.45, frames: 2 },
      { label: "car", confidence: 0.7, frames: 1 },
    ]);
  });

  it("count once for a frame, however many of them it shows", () => {
    expect(rankLabels([seen(["dog", 0.5], ["dog", 0.45], ["dog", 0.42])])).toEqual([]);
    expect(rankLabels([seen(["dog", 0.3], ["dog", 0.8])])).toEqual([{ label: "dog", confidence: 0.8, frames: 1 }]);
  });

  it("come surest first, at most eight of them", () => {
    const things = labelClasses.slice(0, 12).map((label, index): [LabelClass, number] => [label, 0.6 + index / 100]);
    const ranked = rankLabels([seen(...things)]);
    expect(ranked).toHaveLength(8);
    expect(ranked[0]?.label).toBe(labelClasses[11]);
  });

  it("are nothing when nothing was looked at, and kinds that nobody knows are left out", () => {
    expect(rankLabels([])).toEqual([]);
    expect(rankLabels([[{ kind: 99, score: 0.9 }]])).toEqual([]);
  });
});
