"use client";

import { type RefObject, useEffect } from "react";
import { type PlayerParts, perform } from "#components/player/perform.ts";
import { shortcut } from "#components/player/shortcut.ts";

/** Whether the key belongs to what has the focus: typing, a menu, a dialog, or a button that Space presses. */
const belongsElsewhere = (event: KeyboardEvent) => {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=menu], [role=dialog], [role=listbox]")
  ) {
    return true;
  }
  const pressable = target.closest(
    "button, a, summary, media-play-button, media-mute-button, media-fullscreen-button, media-pip-button",
  );
  if (pressable !== null && (event.key === " " || event.key === "Enter")) return true;
  // Sliders of the player move by arrows themselves.
  return target.closest("media-time-range, media-volume-range") !== null && event.key.startsWith("Arrow");
};

/** The player's keys work on the whole page, as long as nothing else wants them. */
export const usePlayerKeys = (parts: RefObject<PlayerParts | null>): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (parts.current === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = shortcut(event);
      if (action === null || belongsElsewhere(event)) return;
      // Up and down scroll the page unless one is in the player.
      if (action.kind === "volumeBy" && !parts.current.frame.contains(document.activeElement)) return;
      event.preventDefault();
      perform(action, parts.current);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [parts]);
};
