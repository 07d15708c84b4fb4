"use client";

import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";

/** Several lines of text that grow with what is typed. Uncontrolled (`defaultValue`) or controlled (`value`, `onChange`). */
export const Textarea = ({ className, ...rest }: ComponentProps<"textarea">) => (
  <Base.Control
    render={
      <textarea
        {...rest}
        className={classNames(
          controlClass,
          "field-sizing-content max-h-[60vh] min-h-28 resize-y px-3 py-2 leading-5",
          className,
        )}
      />
    }
  />
);
