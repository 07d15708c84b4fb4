"use client";

import { type ComponentProps, cloneElement, type ReactElement } from "react";
import type * as BaseMenu from "#components/ui/base-menu.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useMenuCode } from "#components/ui/use-menu-code.ts";

const base = onFirstUse(() => import("#components/ui/base-menu.tsx"));

/** What stands inside a menu is drawn by an open one only, whose code is there. */
const parts = (): typeof BaseMenu => {
  const loaded = base.now();
  if (loaded === null) throw new Error("A part of a menu stands outside of one.");
  return loaded;
};

/**
 * A button that opens a list of actions. `trigger` is the button element; `children` are the parts below. Its code is fetched
 * when it first opens, or a moment before, when the button is pointed at or reached.
 */
export const Menu = (props: Omit<BaseMenu.MenuProps, "opener">) => {
  const { opened, closed } = useMenuCode(base);
  if (opened !== null) return <opened.code.Menu {...props} opener={opened.opener} />;
  return cloneElement(props.trigger as ReactElement<ComponentProps<"button">>, closed);
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
