import { classNames } from "#components/ui/class-names.ts";

/** The sign alone: a K whose arms are a play sign turned round. */
export const Sign = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={classNames("size-6 shrink-0", className)}>
    <path d="M4 3.5v17" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    <path
      d="M19 4.25 9.5 12l9.5 7.75"
      stroke="var(--accent)"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** Sign and name; `section` is the quiet word after it, such as Studio. */
export const WordMark = ({ name, section }: { name: string; section?: string | undefined }) => (
  <span className="flex items-center gap-2 text-[18px] leading-6 font-bold tracking-[-0.01em] text-ink">
    <Sign />
    {name}
    {section === undefined ? null : <span className="font-normal text-muted">{section}</span>}
  </span>
);
