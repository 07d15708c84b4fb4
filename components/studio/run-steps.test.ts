import { expect, test } from "vitest";
import { waitsForSpace } from "./run-steps.tsx";

const line = { kind: "encode", percent: 0, speed: null, count: 1, ended: 0 } as const;

test("a step waits for space while the disk is full and it has not ended", () => {
  expect(waitsForSpace({ ...line, state: "waiting", errorCode: "disk_full" })).toBe(true);
  expect(waitsForSpace({ ...line, state: "waiting", errorCode: null })).toBe(false);
  expect(waitsForSpace({ ...line, state: "failed", errorCode: "disk_full" })).toBe(false);
});
