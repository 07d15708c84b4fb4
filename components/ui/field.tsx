"use client";

import { Field as Base } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What a `Field` takes. */
export type FieldProps = {
  /** The form name; also what an API's field error is filed under. */
  name: string;
  label: string;
  /** One quiet sentence under the control. */
  hint?: string | undefined;
  /** What is wrong, in words; the control is marked invalid while it is set. */
  error?: string | undefined;
  /** The control: `Input`, `Textarea`, `TagInput` … */
  children: ReactNode;
};

/** Label above, control, hint and inline error below, tied together for screen readers. */
export const Field = ({ name, label, hint, error, children }: FieldProps) => (
  <Base.Root name={name} invalid={error !== undefined} className="flex flex-col gap-1.5">
    <Base.Label className="text-14 font-medium text-ink">{label}</Base.Label>
    {children}
    {error === undefined ? null : (
      <Base.Error match className="flex items-start gap-1.5 text-13 text-danger">
        <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
        <span>{error}</span>
      </Base.Error>
    )}
    {hint === undefined ? null : <Base.Description className="text-13 text-muted">{hint}</Base.Description>}
  </Base.Root>
);
