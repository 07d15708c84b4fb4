import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { serializeError } from "#lib/log.ts";

test("a failed query is logged without its values, at any depth", () => {
  const values = ["olena@example.org", "$argon2id$secret-hash"];
  const refused = Object.assign(new Error("null value in column"), {
    detail: `Failing row contains (${values.join(", ")}).`,
    code: "23502",
  });
  const failed = new DrizzleQueryError("insert into users values ($1, $2)", values, refused);
  for (const error of [failed, new Error("outer", { cause: failed }), refused]) {
    const logged = JSON.stringify(serializeError(error));
    for (const value of values) expect(logged).not.toContain(value);
    expect(logged).toContain("null value in column");
  }
  expect(serializeError(failed)).toMatchObject({ query: "insert into users values ($1, $2)" });
});

test("what is no error is logged as it is", () => {
  expect(serializeError("gone")).toBe("gone");
});
