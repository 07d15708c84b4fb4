import { expect, test } from "vitest";
import { boundaryFindings } from "#scripts/validate/boundaries.ts";
import { compareMessages } from "#scripts/validate/messages.ts";
import { countTests } from "#scripts/validate/vitest-run.ts";

test("a report that read fewer files than there are lets nothing through", () => {
  const report = { modules: [{ source: "lib/env.ts" }], summary: { violations: [] } };
  expect(boundaryFindings(report, 1)).toEqual([]);
  expect(boundaryFindings(report, 2)).toHaveLength(1);
});

test("missing, empty and differently filled messages are named", () => {
  const en = { a: "A", b: { c: "{n} files" }, d: "D", e: "E" };
  const uk = { a: "А", b: { c: "{m} файлів" }, d: " " };
  expect(compareMessages("x", [en, uk])).toHaveLength(3);
  expect(compareMessages("x", [en, en])).toEqual([]);
});

test("a run that ends badly without a failed test counts as one failure", () => {
  expect(countTests(null, 1)).toEqual({ passed: 0, failed: 1 });
  expect(countTests({ success: true, numPassedTests: 3, numFailedTests: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  expect(countTests({ success: true, numPassedTests: 3, numFailedTests: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
});
