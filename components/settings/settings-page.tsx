import type { ReactNode } from "react";

/** A page of the settings: its heading, one sentence, and blocks below each other. */
export const SettingsPage = ({
  title,
  text,
  action,
  children,
}: {
  title: string;
  text?: string;
  /** A button beside the heading. */
  action?: ReactNode;
  children: ReactNode;
}) => (
  <>
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-28 font-bold tracking-[-0.01em] wrap-anywhere">{title}</h1>
        {text === undefined ? null : <p className="mt-2 text-15 text-pretty text-muted">{text}</p>}
      </div>
      {action}
    </div>
    <div className="mt-8 flex flex-col gap-10">{children}</div>
  </>
);

/** One matter of a settings page under a heading of its own. */
export const SettingsBlock = ({
  title,
  text,
  action,
  children,
}: {
  title: string;
  text?: string;
  /** A button beside the heading. */
  action?: ReactNode;
  children: ReactNode;
}) => (
  <section className="flex flex-col gap-4 border-t border-line pt-6 first:border-t-0 first:pt-0">
    <div className={`flex flex-wrap justify-between gap-3 ${text === undefined ? "items-center" : "items-start"}`}>
      <div className={`min-w-0 flex-1 ${text === undefined ? "" : "basis-56"}`}>
        <h2 className="text-16 font-bold">{title}</h2>
        {text === undefined ? null : <p className="mt-1 text-14 text-pretty text-muted">{text}</p>}
      </div>
      {action}
    </div>
    {children}
  </section>
);
