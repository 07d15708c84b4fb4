"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Keeps the keyboard's place among controls that come and go: when the focused one is gone with a change of `when`, the
 * first of those that came gets the focus.
 */
export const KeptFocus = ({ when, children }: { when: string; children: ReactNode }) => {
  const place = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  useEffect(() => {
    // A control that is taken away leaves the focus to nothing, and no other hears of it.
    const look = ({ target }: FocusEvent) => {
      held.current = target instanceof Node && (place.current?.contains(target) ?? false);
    };
    // A press beside all controls takes the focus away without giving it to another.
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Node && place.current?.contains(target) === false) held.current = false;
    };
    document.addEventListener("focusin", look);
    document.addEventListener("pointerdown", leave);
    return () => {
      document.removeEventListener("focusin", look);
      document.removeEventListener("pointerdown", leave);
    };
  }, []);
  useEffect(() => {
    void when;
    if (!held.current || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>("button, a")?.focus({ preventScroll: true });
  }, [when]);
  return <div ref={place}>{children}</div>;
};
