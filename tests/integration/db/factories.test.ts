import { expect, test } from "vitest";
import { makeRunStep, makeUpload } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

test("factories insert rows with everything they refer to", async () => {
  expect((await makeUpload()).state).toBe("receiving");
  expect((await makeRunStep()).state).toBe("queued");
});
