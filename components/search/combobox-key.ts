/** What a key does to a list of suggestions below its box. */
export type ComboboxDeed =
  /** Line `active` is marked; -1: none is, the box itself is used. */
  | { kind: "mark"; active: number }
  /** As `mark` with -1, but the box takes the key too. */
  | { kind: "unmark" }
  | { kind: "open"; active: "first" | "last" | "none" }
  | { kind: "close" }
  /** Empties the box. */
  | { kind: "clear" }
  /** Closes without taking the key from the box. */
  | { kind: "leave" }
  | { kind: "pick"; at: number };

/** A key and how the list stands: `count` lines, of which `active` is marked (-1: none). */
export type ComboboxKey = { key: string; alt: boolean; open: boolean; active: number; count: number };

/** The line above or below; past the ends lies the box, as in an address bar. */
const beside = ({ active, count }: ComboboxKey, step: 1 | -1): number => {
  const places = count + 1;
  return ((active + 1 + step + places) % places) - 1;
};

/**
 * What a key does, or null when it is the box's alone. Editable combobox with a list that is picked from by hand (WAI-ARIA
 * Authoring Practices, combobox pattern): arrows mark lines while the focus stays in the box, Enter opens the marked line,
 * Escape closes and then empties the box, Alt with an arrow opens and closes, and keys that move or write in the box unmark.
 */
export const comboboxDeed = (pressed: ComboboxKey): ComboboxDeed | null => {
  const { key, alt, open, active, count } = pressed;
  if (key === "ArrowDown" || key === "ArrowUp") {
    const isDown = key === "ArrowDown";
    if (alt) return isDown ? { kind: "open", active: "none" } : open ? { kind: "close" } : null;
    if (!open || count === 0) return { kind: "open", active: isDown ? "first" : "last" };
    return { kind: "mark", active: beside(pressed, isDown ? 1 : -1) };
  }
  if (!open) return key === "Escape" ? { kind: "clear" } : null;
  if (key === "Escape") return { kind: "close" };
  if (key === "Tab") return { kind: "leave" };
  if (key === "Enter") return active >= 0 && active < count ? { kind: "pick", at: active } : { kind: "leave" };
  const movesInBox = key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight";
  return movesInBox && active >= 0 ? { kind: "unmark" } : null;
};

/** Whether the key is taken from the box; the others move in it, leave it or send its form. */
export const takesKey = ({ kind }: ComboboxDeed): boolean => kind !== "leave" && kind !== "unmark";
