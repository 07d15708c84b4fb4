import type { ReactNode } from "react";

/** The narrow column that account forms stand in: one heading, one sentence, the form, one way elsewhere. */
export const AuthPanel = ({
  title,
  text,
  footer,
  children,
}: {
  title: string;
  text?: string;
  footer?: ReactNode;
  children: ReactNode;
}) => (
  <div className="mx-auto w-full max-w-[400px] px-4 pt-10 pb-20 sm:pt-[12vh]">
    <h1 className="text-28 font-bold tracking-[-0.01em]">{title}</h1>
    {text === undefined ? null : <p className="mt-2 text-15 text-pretty text-muted">{text}</p>}
    <div className="mt-7">{children}</div>
    {footer === undefined ? null : <p className="mt-6 text-14 text-muted">{footer}</p>}
  </div>
);
