import { expect, test } from "vitest";
import { textTail } from "#lib/media/text-tail.ts";

test("keeps the end, whatever the pieces", () => {
  for (const size of [1, 3, 7, 50, 400]) {
    const tail = textTail(64);
    const whole = Array.from({ length: 1000 }, (_, at) => String(at % 10)).join("");
    for (let at = 0; at < whole.length; at += size) {
      tail.add(whole.slice(at, at + size));
      expect(tail.text()).toBe(whole.slice(0, at + size).slice(-64));
    }
  }
});

test("a file that lists a hundred thousand short lines costs a moment, not minutes", () => {
  const tail = textTail(64 * 1024);
  const from = performance.now();
  for (let n = 0; n < 200_000; n += 1) tail.add(`${n}\n`);
  expect(tail.text().endsWith("199999\n")).toBe(true);
  // 2 s when every line cut the whole text anew, a few ms now.
  expect(performance.now() - from).toBeLessThan(1_000);
});
