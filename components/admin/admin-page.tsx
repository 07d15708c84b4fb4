import type { ReactNode } from "react";

/** An admin page: its heading, one sentence, what stands beside them, and the rest below. */
export const AdminPage = ({
  title,
  text,
  aside,
  children,
}: {
  title: string;
  text?: string;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <>
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-28 font-bold tracking-[-0.01em] wrap-anywhere">{title}</h1>
        {text === undefined ? null : <p className="mt-1 max-w-2xl text-15 text-pretty text-muted">{text}</p>}
      </div>
      {aside}
    </div>
    <div className="mt-6 flex flex-col gap-6">{children}</div>
  </>
);
