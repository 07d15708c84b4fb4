import { expect, test } from "vitest";
import { fitQuota, roomOf } from "./fit-quota.ts";

const file = (name: string, size: number) => ({ name, size });
const names = (files: { name: string }[]) => files.map(({ name }) => name);

test("files are taken as long as they fit together", () => {
  const files = [file("a", 60), file("b", 50), file("c", 40), file("d", 1)];
  const { fitting, misfits } = fitQuota({ files, room: { storageBytes: 100, dayBytes: null } });
  expect(names(fitting)).toEqual(["a", "c"]);
  expect(misfits.map(({ file: { name }, reason }) => [name, reason])).toEqual([
    ["b", "no_quota"],
    ["d", "no_quota"],
  ]);
});

test("the day's limit is told apart from the quota", () => {
  const { misfits } = fitQuota({ files: [file("a", 60)], room: { storageBytes: 100, dayBytes: 59 } });
  expect(misfits.map(({ reason }) => reason)).toEqual(["no_day"]);
});

test("what is set aside by uploads on their way is not free, and less than nothing is nothing", () => {
  const stored = { bytes: 70, reservedBytes: 40, quotaBytes: 100, byKind: [], byVideo: [] };
  expect(roomOf({ stored, uploads: { todayBytes: 10, dailyLimitBytes: null } })).toEqual({
    ...{ storageBytes: 0, dayBytes: null },
  });
});
