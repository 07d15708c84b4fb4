import { expect, test } from "vitest";
import { begun, recorded, redone, undone } from "./script-history.ts";

const list = (...keys: number[]) => keys.map((key) => ({ key, startMs: 0, endMs: 1, text: "", settings: "" }));

test("each deed is taken back by itself, typing in one caption as one", () => {
  const [first, second, third, fourth] = [list(1), list(2), list(3), list(4)];
  let history = begun(first);
  history = recorded(history, { next: second, tag: "text:1" });
  history = recorded(history, { next: third, tag: "text:1" });
  history = recorded(history, { next: fourth, tag: null });
  expect(undone(history).now).toBe(third);
  expect(undone(undone(history)).now).toBe(first);
  expect(undone(undone(undone(history))).now).toBe(first);
  expect(redone(undone(undone(history))).now).toBe(third);
  expect(redone(history)).toBe(history);
});

test("a new deed forgets what was taken back; the very same list is no deed", () => {
  const first = list(1);
  const history = recorded(begun(first), { next: list(2), tag: null });
  const other = recorded(undone(history), { next: list(3), tag: null });
  expect(other.future).toEqual([]);
  expect(recorded(history, { next: history.now, tag: null })).toBe(history);
});

test("typing after something was taken back is a deed of its own", () => {
  let history = recorded(begun(list(1)), { next: list(2), tag: "text:1" });
  history = recorded(undone(history), { next: list(3), tag: "text:1" });
  expect(undone(history).now).toEqual(list(1));
});
