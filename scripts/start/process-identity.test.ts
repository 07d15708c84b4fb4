import { expect, test } from "vitest";
import { isAlive, processIdentity, startTicks } from "#scripts/start/process-identity.ts";

const stat = (state: string) => `42 (a (b) c) ${state} 1 42 42 0 -1 4194304 10 0 0 0 1 1 0 0 20 0 1 0 98765 1000 10`;

test("the start time is found behind a name with brackets and spaces", () => {
  expect(startTicks(stat("S"))).toBe("98765");
});

test("a zombie does not run any more", () => {
  expect(startTicks(stat("Z"))).toBeNull();
});

test("this process lives; one with its number and another start time does not", async () => {
  const self = await processIdentity(process.pid);
  expect(self).not.toBeNull();
  expect(await isAlive({ pid: process.pid, startedAt: self?.startedAt ?? "" })).toBe(true);
  expect(await isAlive({ pid: process.pid, startedAt: "another boot:1" })).toBe(false);
});
