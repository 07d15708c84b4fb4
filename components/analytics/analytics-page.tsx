import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** The frame of a page of numbers: the way back, its heading, what is shown, and the parts below each other. */
export const AnalyticsPage = (props: {
  back: { href: string; label: string };
  title: string;
  text: string;
  bar: ReactNode;
  children: ReactNode;
}) => {
  const { back, title, text, bar, children } = props;
  return (
    <div className="mx-auto max-w-[1080px] px-4 pt-3 pb-16 md:px-6">
      <Link
        href={back.href}
        className="-ml-0.5 flex w-fit items-center gap-1.5 rounded-xs text-13 text-muted hover:text-ink"
      >
        <ArrowLeft aria-hidden size={16} strokeWidth={1.75} />
        {back.label}
      </Link>
      <div className="mt-2 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-28 font-bold tracking-[-0.01em] wrap-anywhere">{title}</h1>
          <p className="mt-2 text-15 text-pretty text-muted">{text}</p>
        </div>
        {bar}
      </div>
      <div className="mt-8 flex flex-col gap-10">{children}</div>
    </div>
  );
};

/** One part of such a page under a heading of its own. */
export const AnalyticsBlock = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <section className="flex flex-col gap-4 border-t border-line pt-6 first:border-t-0 first:pt-0">
    <div>
      <h2 className="text-16 font-bold">{title}</h2>
      {text === undefined ? null : <p className="mt-1 text-14 text-pretty text-muted">{text}</p>}
    </div>
    {children}
  </section>
);
