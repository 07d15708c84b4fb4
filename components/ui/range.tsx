"use client";

import { useId } from "react";

/** What a `Range` takes. */
export type RangeProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** The value in words, beside the label and for screen readers. */
  text: string;
  disabled?: boolean;
};

/** A value on a scale, with its words beside it; arrows, Page Up and Down, Home and End move it. */
export const Range = ({ label, value, min, max, step, onChange, text, disabled = false }: RangeProps) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-14 font-medium">
          {label}
        </label>
        <span aria-hidden className="tabular text-13 text-muted">
          {text}
        </span>
      </div>
      <input
        id={id}
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        aria-valuetext={text}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-6 w-full cursor-pointer accent-accent disabled:cursor-default disabled:opacity-50"
      />
    </div>
  );
};
