import type { ReactNode } from "react";

/** What went wrong, what it means and what to do, inside a row. */
export const FailurePanel = ({ title, text, children }: { title: string; text: string; children?: ReactNode }) => (
  <div className="rounded-control bg-danger-ground px-3 py-2.5">
    <p className="text-13 font-bold text-danger">{title}</p>
    <p className="mt-1 text-12 text-pretty text-muted">{text}</p>
    <div className="mt-2 flex flex-wrap gap-1 empty:hidden">{children}</div>
  </div>
);
