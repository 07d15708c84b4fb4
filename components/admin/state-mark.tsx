import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** How a state is meant: only what needs somebody has a loud colour. */
export type MarkTone = "good" | "waits" | "bad" | "quiet";

const toneOf: Record<MarkTone, string> = {
  good: "bg-success",
  waits: "bg-warning",
  bad: "bg-danger",
  quiet: "bg-faint",
};

/** A state in words, with a dot in its colour. */
export const StateMark = ({ tone, children }: { tone: MarkTone; children: ReactNode }) => (
  <span className="inline-flex items-center gap-2 whitespace-nowrap">
    <span aria-hidden className={classNames("size-[7px] shrink-0 rounded-[50%]", toneOf[tone])} />
    {children}
  </span>
);
