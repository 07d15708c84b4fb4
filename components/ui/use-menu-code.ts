import { type KeyboardEvent, type MouseEvent, useState } from "react";
import type { OnFirstUse } from "#components/ui/on-first-use.ts";
import { useOnFirstUse } from "#components/ui/use-on-first-use.ts";

/** By what a menu was opened for the first time. */
export type MenuOpener = "keys" | "pointer";

/**
 * A menu whose code is fetched when it first opens, or a moment before, when its button is pointed at or reached. `closed` is
 * what the button takes until then; `opened` is null until there is something to draw in its place.
 */
export const useMenuCode = <Module>(code: OnFirstUse<Module>) => {
  const [opener, setOpener] = useState<MenuOpener | null>(null);
  const loaded = useOnFirstUse(code, opener !== null);
  const closed = {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: code.warm,
    onFocus: code.warm,
    // A press of a key comes as a click without a pointer's count.
    onClick: ({ detail }: MouseEvent) => setOpener(detail === 0 ? "keys" : "pointer"),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      setOpener("keys");
    },
  } as const;
  return { closed, opened: loaded === null || opener === null ? null : { code: loaded, opener } };
};
