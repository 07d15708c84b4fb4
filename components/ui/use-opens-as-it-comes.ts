import { type RefObject, useEffect, useRef } from "react";
import type { MenuOpener } from "#components/ui/use-menu-code.ts";

/** Opens a menu whose button was pressed before its code was there. The button gets the reference that is returned. */
export const useOpensAsItComes = (opener: MenuOpener, open: () => void): RefObject<HTMLButtonElement | null> => {
  const button = useRef<HTMLButtonElement>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // The button of before is gone with the focus that it had.
    button.current?.focus({ preventScroll: true });
    // As by a key, so that the first entry has the focus; a pointer leaves it to the list.
    if (opener === "keys") button.current?.click();
    else open();
  }, [opener, open]);
  return button;
};
