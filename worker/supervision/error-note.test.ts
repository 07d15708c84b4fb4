import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { errorNote, queueError } from "#worker/supervision/error-note.ts";

const link = "https://tube.example/reset?token=a-secret-of-a-mail";

/** What fails when the row of a mail cannot be written: the text of the mail is one of the query's values. */
const failed = new DrizzleQueryError(
  "insert into mails values ($1, $2)",
  ["olena@example.org", `Choose another password: ${link}`],
  Object.assign(new Error("null value in column"), { detail: `Failing row contains (${link}).`, code: "23502" }),
);

test("the log of a job that failed holds no values of its query", () => {
  for (const error of [failed, new Error("outer", { cause: failed })]) {
    const noted = JSON.stringify(errorNote(error));
    expect(noted).not.toContain("a-secret-of-a-mail");
    expect(noted).not.toContain("olena@example.org");
    expect(noted).toContain("insert into mails values");
  }
});

test("the queue, whose last errors admins and their tokens read, is told without the values too", () => {
  const told = queueError(failed);
  expect(told).toBeInstanceOf(Error);
  expect(`${told.message} ${told.stack}`).not.toContain("a-secret-of-a-mail");
  expect(told.message).toContain("insert into mails values");
  expect(told.message).toContain("null value in column");
});

test("other errors are told as they are", () => {
  expect(queueError(new Error("the disk is full")).message).toBe("the disk is full");
  expect(queueError("gone").message).toBe("gone");
});
