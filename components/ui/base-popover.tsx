"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

/** What a `Popover` takes; it is controlled by `open`. */
export type PopoverProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button element. */
  trigger: ReactElement;
  title: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
};

/** A button that opens a small form beside it: focus moves in, Escape or a click elsewhere closes, focus returns. */
export const Popover = ({ open, onOpenChange, trigger, title, align = "end", children }: PopoverProps) => (
  <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-40 outline-none">
        <Base.Popup className="appear max-h-(--available-height) w-90 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-media bg-surface p-4 text-ink shadow-float outline-none">
          <Base.Title className="text-15 font-bold">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
