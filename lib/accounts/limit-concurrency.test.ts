import { expect, test } from "vitest";
import { limitConcurrency } from "#lib/accounts/limit-concurrency.ts";

test("never runs more than the limit and lets everyone through in order", async () => {
  const limited = limitConcurrency(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (number: number) =>
    limited(async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(number);
      await Promise.resolve();
      running -= 1;
    });
  await Promise.all([1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5, 6]);
});

test("gives the place of a failed piece of work on", async () => {
  const limited = limitConcurrency(1);
  const fault = limited(() => Promise.reject(new Error("broken")));
  await expect(fault).rejects.toThrow("broken");
  expect(await limited(async () => "still works")).toBe("still works");
});
