import { describe, expect, it } from "vitest";
import { shortcut } from "#components/player/shortcut.ts";

const press = (key: string, code: string, shiftKey = false) => shortcut({ key, code, shiftKey });

describe("shortcut", () => {
  it("plays and pauses with space and k", () => {
    expect(press(" ", "Space")).toEqual({ kind: "toggle" });
    expect(press("k", "KeyK")).toEqual({ kind: "toggle" });
  });

  it("knows letters by their place, whatever the layout", () => {
    expect(press("л", "KeyK")).toEqual({ kind: "toggle" });
    expect(press("ь", "KeyM")).toEqual({ kind: "mute" });
    expect(press("е", "KeyT")).toEqual({ kind: "theatre" });
  });

  it("steps by frames with comma and full stop, and changes the speed with them and Shift, on both layouts", () => {
    expect(press(",", "Comma")).toEqual({ kind: "frame", step: -1 });
    expect(press("ю", "Period")).toEqual({ kind: "frame", step: 1 });
    expect(press("<", "Comma", true)).toEqual({ kind: "slower" });
    expect(press("Ю", "Period", true)).toEqual({ kind: "faster" });
  });

  it("goes to the next video only with Shift", () => {
    expect(press("N", "KeyN", true)).toEqual({ kind: "next" });
    expect(press("n", "KeyN")).toBeNull();
  });

  it("jumps to tenths with digits", () => {
    expect(press("7", "Digit7")).toEqual({ kind: "seekToShare", share: 0.7 });
  });

  it("leaves other keys alone", () => {
    expect(press("Tab", "Tab")).toBeNull();
    expect(press("a", "KeyA")).toBeNull();
  });
});
