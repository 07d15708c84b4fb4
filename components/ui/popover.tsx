"use client";

import { type ComponentProps, cloneElement, type ReactElement } from "react";
import type { PopoverProps } from "#components/ui/base-popover.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useOnFirstUse } from "#components/ui/use-on-first-use.ts";

const base = onFirstUse(() => import("#components/ui/base-popover.tsx"));

/**
 * A button that opens a small form beside it: focus moves in, Escape or a click elsewhere closes, focus returns. Its code is
 * fetched when it first opens, or a moment before, when the button is pointed at.
 */
export const Popover = (props: PopoverProps) => {
  const { open, onOpenChange, trigger } = props;
  const loaded = useOnFirstUse(base, open);
  if (loaded !== null) return <loaded.Popover {...props} />;
  return cloneElement(trigger as ReactElement<ComponentProps<"button">>, {
    "aria-haspopup": "dialog",
    "aria-expanded": open,
    onPointerEnter: base.warm,
    onClick: () => onOpenChange(!open),
  });
};
