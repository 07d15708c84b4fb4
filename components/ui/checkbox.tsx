"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";

/** What a `Checkbox` takes. */
export type CheckboxProps = {
  checked: boolean;
  /** Some of what it stands for is chosen. */
  indeterminate?: boolean;
  onChange: (checked: boolean) => void;
  /** Its name for screen readers. */
  label: string;
  disabled?: boolean;
  className?: string;
};

/** A box to tick; its target is 24 px wide although the box is 16. */
export const Checkbox = ({
  checked,
  indeterminate = false,
  onChange,
  label,
  disabled = false,
  className,
}: CheckboxProps) => (
  <Base.Root
    checked={checked}
    indeterminate={indeterminate}
    disabled={disabled}
    onCheckedChange={(next) => onChange(next)}
    aria-label={label}
    className={classNames(
      "relative flex size-4 shrink-0 items-center justify-center rounded-xs border border-faint transition-colors before:absolute before:-inset-1 hover:border-muted data-[checked]:border-accent data-[checked]:bg-accent data-[indeterminate]:border-accent data-[indeterminate]:bg-accent",
      className,
    )}
  >
    <Base.Indicator className="text-on-accent">
      {indeterminate ? (
        <Minus aria-hidden size={12} strokeWidth={3} />
      ) : (
        <Check aria-hidden size={12} strokeWidth={3} />
      )}
    </Base.Indicator>
  </Base.Root>
);
