import { Children, type ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/**
 * Short facts on one line with dots between them; where they wrap, no dot is left at either end of a line. Must stand in a
 * `<p>` or the like. Only links in it take clicks: the rest leaves them to a card below.
 */
export const Dotted = ({ className, children }: { className?: string; children: ReactNode }) => (
  // Every fact has a dot before it; the column of the first ones is cut off.
  <span
    className={classNames(
      "pointer-events-none -ml-[1.1em] flex flex-wrap [clip-path:inset(-4px_-4px_-4px_calc(1.1em-3px))] [&_a]:pointer-events-auto",
      className,
    )}
  >
    {Children.toArray(children).map((fact, at) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no other name, and keep their places
        key={at}
        className="flex max-w-full min-w-0 before:w-[1.1em] before:shrink-0 before:text-center before:content-['·'/'']"
      >
        {fact}
      </span>
    ))}
  </span>
);
