import { expect, test } from "vitest";
import { maySearch } from "#scripts/start/postgres/reachable.ts";
import { postmasterPid } from "#scripts/start/postgres/stale-pid-file.ts";

const user = { uid: 100, gid: 200 };

test("owner, group and others each pass by their own bit", () => {
  expect(maySearch({ mode: 0o40700, uid: 0, gid: 0 }, user)).toBe(false);
  expect(maySearch({ mode: 0o40711, uid: 0, gid: 0 }, user)).toBe(true);
  expect(maySearch({ mode: 0o40710, uid: 0, gid: 200 }, user)).toBe(true);
  expect(maySearch({ mode: 0o40077, uid: 100, gid: 0 }, user)).toBe(false);
});

test("postmaster.pid names a process by its first line; an empty or torn one names none", () => {
  expect(postmasterPid("4711\n/data\n")).toBe(4711);
  expect(postmasterPid("")).toBeNull();
  expect(postmasterPid("x\n")).toBeNull();
});
