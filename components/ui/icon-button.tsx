"use client";

import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

/** What an `IconButton` takes besides the attributes of `<button>`. */
export type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & {
  /** Its name for screen readers and its tooltip. */
  label: string;
  /** Edge in pixels: 36 or 30. */
  size?: "medium" | "small";
};

/** A square button with an icon; its label stands in a tooltip. */
export const IconButton = ({ label, size = "medium", className, ...rest }: IconButtonProps) => (
  <Tooltip label={label}>
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={classNames(
        "touch inline-flex shrink-0 items-center justify-center rounded-control text-muted transition-colors hover:bg-raised hover:text-ink disabled:opacity-40 data-[popup-open]:bg-raised data-[popup-open]:text-ink",
        size === "medium" ? "size-9" : "size-[30px] [&_svg]:size-4",
        className,
      )}
    />
  </Tooltip>
);
