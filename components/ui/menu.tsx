"use client";

import { type ComponentProps, cloneElement, type ReactElement, useState } from "react";
import type * as BaseMenu from "#components/ui/base-menu.tsx";
import { onFirstUse, useOnFirstUse } from "#components/ui/on-first-use.ts";

const base = onFirstUse(() => import("#components/ui/base-menu.tsx"));

/** What stands inside a menu is drawn by an open one only, whose code is there. */
const parts = (): typeof BaseMenu => {
  const loaded = base.now();
  if (loaded === null) throw new Error("A part of a menu stands outside of one.");
  return loaded;
};

/**
 * A button that opens a list of actions. `trigger` is the button element; `children` are the parts below. Its code is fetched
 * when it first opens, or a moment before, when the button is pointed at.
 */
export const Menu = (props: Omit<BaseMenu.MenuProps, "opener">) => {
  const [opener, setOpener] = useState<BaseMenu.MenuOpener | null>(null);
  const loaded = useOnFirstUse(base, opener !== null);
  if (loaded !== null && opener !== null) return <loaded.Menu {...props} opener={opener} />;
  return cloneElement(props.trigger as ReactElement<ComponentProps<"button">>, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: base.warm,
    // A press of a key comes as a click without a pointer's count.
    onClick: ({ detail }) => setOpener(detail === 0 ? "keys" : "pointer"),
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      setOpener("keys");
    },
  });
};

/** An action. */
export const MenuItem = (props: ComponentProps<typeof BaseMenu.MenuItem>) => {
  const Part = parts().MenuItem;
  return <Part {...props} />;
};

/** A link inside a menu. `render` is the link element (`<Link href=…/>`). */
export const MenuLink = (props: ComponentProps<typeof BaseMenu.MenuLink>) => {
  const Part = parts().MenuLink;
  return <Part {...props} />;
};

/** A titled group in which one choice holds. */
export const MenuChoice = <Value extends string>(props: BaseMenu.MenuChoiceProps<Value>) => {
  const Part = parts().MenuChoice;
  return <Part {...props} />;
};

/** A thin line between groups. */
export const MenuSeparator = () => {
  const Part = parts().MenuSeparator;
  return <Part />;
};
