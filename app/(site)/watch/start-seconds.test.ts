import { describe, expect, it } from "vitest";
import { startSeconds } from "./start-seconds.ts";

describe("startSeconds", () => {
  it("reads seconds and parts", () => {
    expect(startSeconds("83")).toBe(83);
    expect(startSeconds("83s")).toBe(83);
    expect(startSeconds("1h2m3s")).toBe(3723);
    expect(startSeconds("2m")).toBe(120);
  });

  it("begins at the beginning for everything else", () => {
    for (const value of [undefined, "", "-5", "abc", "1:20", ["1", "2"], "1e9"]) expect(startSeconds(value)).toBe(0);
  });
});
