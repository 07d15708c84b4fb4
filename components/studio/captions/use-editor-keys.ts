import { type KeyboardEvent, useRef } from "react";

type Deeds = { save: () => void; undo: () => void; redo: () => void; toggle: () => void };

/** What a key asks for, or null. */
const deedOf = (event: KeyboardEvent): keyof Deeds | null => {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "s" ? "save" : key === "y" ? "redo" : null;
  }
  return event.shiftKey && key === " " ? "toggle" : null;
};

/** A field that takes over what is typed once it is left does so now. */
const settleField = () => {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  field.blur();
  field.focus();
};

/** Keys that work everywhere in the editor; each has a button too. */
export const useEditorKeys = (deeds: Deeds): ((event: KeyboardEvent) => void) => {
  const latest = useRef(deeds);
  latest.current = deeds;
  return (event) => {
    const deed = deedOf(event);
    if (deed === null || event.defaultPrevented) return;
    event.preventDefault();
    if (deed !== "toggle") settleField();
    // What the field took over is there with the next drawing.
    requestAnimationFrame(() => latest.current[deed]());
  };
};
