import { describe, expect, it } from "vitest";
import { type ComboboxKey, comboboxDeed, takesKey } from "./combobox-key.ts";

const press = (key: string, state: Partial<ComboboxKey> = {}) =>
  comboboxDeed({ key, alt: false, open: true, active: -1, count: 3, ...state });

describe("keys in a box with suggestions", () => {
  it("marks line after line, and comes back to the box behind the ends", () => {
    expect(press("ArrowDown")).toEqual({ kind: "mark", active: 0 });
    expect(press("ArrowDown", { active: 1 })).toEqual({ kind: "mark", active: 2 });
    expect(press("ArrowDown", { active: 2 })).toEqual({ kind: "mark", active: -1 });
    expect(press("ArrowUp")).toEqual({ kind: "mark", active: 2 });
    expect(press("ArrowUp", { active: 0 })).toEqual({ kind: "mark", active: -1 });
  });

  it("opens with an arrow, with Alt without marking a line", () => {
    expect(press("ArrowDown", { open: false })).toEqual({ kind: "open", active: "first" });
    expect(press("ArrowUp", { open: false })).toEqual({ kind: "open", active: "last" });
    expect(press("ArrowDown", { open: false, alt: true })).toEqual({ kind: "open", active: "none" });
    expect(press("ArrowUp", { alt: true })).toEqual({ kind: "close" });
    expect(press("ArrowUp", { open: false, alt: true })).toBeNull();
  });

  it("picks the marked line with Enter, and searches without one", () => {
    expect(press("Enter", { active: 1 })).toEqual({ kind: "pick", at: 1 });
    expect(press("Enter")).toEqual({ kind: "leave" });
    expect(press("Enter", { open: false })).toBeNull();
  });

  it("closes with Escape first, and empties the box with the next one", () => {
    expect(press("Escape", { active: 1 })).toEqual({ kind: "close" });
    expect(press("Escape", { open: false })).toEqual({ kind: "clear" });
  });

  it("gives keys that move in the box back to it", () => {
    for (const key of ["Home", "End", "ArrowLeft", "ArrowRight"]) {
      expect(press(key, { active: 1 })).toEqual({ kind: "unmark" });
      expect(press(key)).toBeNull();
    }
    expect(press("a")).toBeNull();
    expect(takesKey({ kind: "leave" })).toBe(false);
    expect(takesKey({ kind: "unmark" })).toBe(false);
    expect(takesKey({ kind: "mark", active: 2 })).toBe(true);
    expect(press("Tab", { active: 2 })).toEqual({ kind: "leave" });
  });
});
