import { expect, it } from "vitest";
import { attributedSeconds, costOf, learnCosts } from "#lib/processing/step-costs.ts";

const step = (kind: string, startedAt: number, endedAt: number, weight = 1) => ({ kind, weight, startedAt, endedAt });

it("time in which several steps ran is shared among them, and adds up to what passed", () => {
  const seconds = attributedSeconds([step("encode", 0, 10), step("audio", 0, 4), step("encode", 20, 30)]);
  expect(Object.fromEntries(seconds)).toEqual({ encode: 2 + 6 + 10, audio: 2 });
});

it("what a run taught moves the table, and what took no time does not", () => {
  const first = learnCosts({}, [step("encode", 0, 20, 10), step("poster", 20, 20.5)]);
  expect(first).toEqual({ encode: 2 });
  expect(learnCosts(first, [step("encode", 0, 30, 10)]).encode).toBeCloseTo(2.3);
  expect(costOf(first, { kind: "encode", weight: 5 })).toBe(10);
  expect(costOf(first, { kind: "stills", weight: 5 })).toBe(10);
  expect(costOf({}, { kind: "encode", weight: 5 })).toBe(5);
});
