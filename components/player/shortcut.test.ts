import { describe, expect, it } from "vitest";
import { shortcut } from "#components/player/shortcut.ts";

describe("shortcut", () => {
  it("plays and pauses with space and k", () => {
    expect(shortcut({ key: " ", code: "Space" })).toEqual({ kind: "toggle" });
    expect(shortcut({ key: "k", code: "KeyK" })).toEqual({ kind: "toggle" });
  });

  it("knows letters by their place, whatever the layout", () => {
    expect(shortcut({ key: "л", code: "KeyK" })).toEqual({ kind: "toggle" });
    expect(shortcut({ key: "ь", code: "KeyM" })).toEqual({ kind: "mute" });
  });

  it("jumps to tenths with digits", () => {
    expect(shortcut({ key: "7", code: "Digit7" })).toEqual({ kind: "seekToShare", share: 0.7 });
  });

  it("leaves other keys alone", () => {
    expect(shortcut({ key: "Tab", code: "Tab" })).toBeNull();
    expect(shortcut({ key: "a", code: "KeyA" })).toBeNull();
  });
});
