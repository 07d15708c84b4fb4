"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";

/** What a tooltip says, and of what. */
export type ShownTooltip = { anchor: Element; label: string; side: "top" | "bottom" | "left" | "right" };

/** The tooltip of one element. */
export const TooltipLayer = ({ anchor, label, side }: ShownTooltip) => (
  <Base.Root open>
    <Base.Portal>
      <Base.Positioner anchor={anchor} side={side} sideOffset={6} className="z-50">
        <Base.Popup
          data-tooltip-popup=""
          className="appear rounded-sm bg-ink px-2 py-1 text-12 font-medium text-bg shadow-float"
        >
          {label}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
