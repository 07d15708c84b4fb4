import { describe, expect, it } from "vitest";
import { createShortMemory } from "./short-memory.ts";

const setUp = () => {
  const clock = { now: 0 };
  return { clock, memory: createShortMemory<string>({ ageMs: 1000, most: 2, now: () => clock.now }) };
};

describe("a short memory", () => {
  it("gives what was put in until it is too old", () => {
    const { clock, memory } = setUp();
    memory.put("a", "one");
    clock.now = 999;
    expect(memory.get("a")).toBe("one");
    clock.now = 1000;
    expect(memory.get("a")).toBeUndefined();
  });

  it("holds so many, and forgets the oldest first", () => {
    const { clock, memory } = setUp();
    for (const key of ["a", "b"]) memory.put(key, key);
    memory.put("a", "again");
    memory.put("c", "c");
    expect([memory.get("a"), memory.get("b"), memory.get("c")]).toEqual(["again", undefined, "c"]);
    clock.now = 1000;
    memory.put("d", "d");
    expect([memory.get("a"), memory.get("d")]).toEqual([undefined, "d"]);
  });

  it("forgets what it is told to", () => {
    const { memory } = setUp();
    memory.put("a", "one");
    memory.forget("a");
    expect(memory.get("a")).toBeUndefined();
  });
});
