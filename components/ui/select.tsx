"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";
import { popupClass, popupItemClass } from "#components/ui/popup-class.ts";

/** One choice of a `Select`. */
export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  /** A second, quiet line. */
  description?: string;
  icon?: ReactNode;
};

/** What a `Select` takes. */
export type SelectProps<Value extends string> = {
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  /** Name for screen readers; leave out inside a `Field`, whose label names it. */
  label?: string | undefined;
  name?: string | undefined;
  disabled?: boolean;
  /** `quiet` has no box until it is hovered: for table rows. */
  look?: "box" | "quiet";
  className?: string;
};

/** A list of choices of which one holds. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { value, options, onChange, label, name, disabled = false, look = "box", className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      value={value}
      disabled={disabled}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      onValueChange={(next) => {
        if (next !== null && next !== value) onChange(next);
      }}
      {...(name === undefined ? {} : { name })}
    >
      <Base.Trigger
        aria-label={label}
        className={classNames(
          "inline-flex h-9 items-center gap-2 text-14 select-none",
          look === "box"
            ? classNames(controlClass, "px-3")
            : "rounded-control px-2 text-muted transition-colors hover:bg-raised hover:text-ink data-[popup-open]:bg-raised",
          className,
        )}
      >
        {chosen?.icon}
        <Base.Value className="flex-1 truncate text-left" />
        <Base.Icon className="text-faint">
          <ChevronDown aria-hidden className="size-4" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={classNames(popupClass, "min-w-(--anchor-width)!")}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={popupItemClass}>
                {option.icon}
                <span className="min-w-0 flex-1">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.description === undefined ? null : (
                    <span className="block text-12 text-muted">{option.description}</span>
                  )}
                </span>
                <Base.ItemIndicator className="self-center">
                  <Check aria-hidden className="size-4" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};
