import { expect, test } from "vitest";
import { freshReading } from "#lib/db/fresh-reading.ts";

/** Readings that end when the test says so; each gives its number. */
const controlled = (mostMs?: number) => {
  const ends: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const read = freshReading(() => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    ends.push({ resolve, reject });
    return promise;
  }, mostMs);
  return { read, ends };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("nobody gets a reading that was under way when they asked", async () => {
  const { read, ends } = controlled();
  const first = read();
  const second = read();
  expect(ends.length).toBe(1);
  ends[0]?.resolve(1);
  expect(await first).toBe(1);
  await settled();
  expect(ends.length).toBe(2);
  ends[1]?.resolve(2);
  expect(await second).toBe(2);
});

test("those who ask while one runs share the next", async () => {
  const { read, ends } = controlled();
  const first = read();
  const others = [read(), read(), read()];
  ends[0]?.resolve(1);
  await first;
  await settled();
  const later = read();
  ends[1]?.resolve(2);
  expect(await Promise.all(others)).toEqual([2, 2, 2]);
  await settled();
  ends[2]?.resolve(3);
  expect(await later).toBe(3);
  await settled();
  expect(ends.length).toBe(3);
});

test("a reading that fails tells nothing, and the next one is made all the same", async () => {
  const { read, ends } = controlled();
  const first = read();
  const second = read();
  ends[0]?.reject(new Error("gone"));
  expect(await first).toBe(null);
  await settled();
  ends[1]?.resolve(2);
  expect(await second).toBe(2);
  await settled();
  const third = read();
  ends[2]?.resolve(3);
  expect(await third).toBe(3);
});

test("nobody waits for a reading that hangs", async () => {
  const { read, ends } = controlled(20);
  const waiting = [read(), read()];
  expect(await waiting[0]).toBe(null);
  await settled();
  ends[1]?.resolve(2);
  expect(await waiting[1]).toBe(2);
  const later = read();
  ends[2]?.resolve(3);
  expect(await later).toBe(3);
});
