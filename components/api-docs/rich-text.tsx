import { Fragment, type ReactNode } from "react";

/** A word of code within a sentence. */
export const Code = ({ children }: { children: ReactNode }) => (
  <code className="rounded-xs bg-raised px-1 py-px font-mono text-[0.92em] break-words text-ink">{children}</code>
);

/** A sentence of the document: what stands between backticks is code. */
export const RichText = ({ text }: { text: string }) =>
  text.split("`").map((part, index) => {
    // Pieces have no identity but their place, and they never move.
    const key = `${index}:${part}`;
    return index % 2 === 1 ? <Code key={key}>{part}</Code> : <Fragment key={key}>{part}</Fragment>;
  });
