import type { ReactNode } from "react";

/** The frame of these pages: a heading, what may be done beside it, and the content below. */
export const LibraryPage = ({
  title,
  note,
  tools,
  narrow = false,
  children,
}: {
  title: string;
  note?: ReactNode;
  tools?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) => (
  <div className={`px-4 pt-4 pb-16 sm:pr-6 md:pl-2 ${narrow ? "w-full max-w-[860px]" : ""}`}>
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-6">
      <div className="min-w-0">
        <h1 className="text-28 font-bold wrap-anywhere">{title}</h1>
        {note === undefined ? null : <div className="mt-1 max-w-3xl text-14 text-muted">{note}</div>}
      </div>
      {tools}
    </header>
    {children}
  </div>
);
