"use client";

import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** What such a button takes, beside all that buttons take. */
export type PlayerMenuButtonProps = ComponentProps<"button"> & {
  label: string;
  /** The words that the button shows, which its name has to hold (WCAG 2.5.3); null while there are none. */
  shown: string | null;
};

/** A button of the control bar that opens a menu. */
export const PlayerMenuButton = ({ label, shown, className, ...rest }: PlayerMenuButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-label={shown === null ? label : `${label}: ${shown}`}
    title={label}
    className={classNames("player-button", className)}
  />
);
