import { classNames } from "#components/ui/class-names.ts";

/** A quiet shape where content comes; give it the size of what comes. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={classNames("skeleton rounded-sm", className)} />
);
