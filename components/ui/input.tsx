"use client";

import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";

/** One line of text; inside a `Field` it takes its name, label and error from there. */
export const Input = ({
  className,
  ...rest
}: Omit<ComponentProps<typeof Base.Control>, "className"> & { className?: string }) => (
  <Base.Control {...rest} className={classNames(controlClass, "h-9 px-3", className)} />
);
