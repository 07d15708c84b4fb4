/** What a `MarkedText` takes: plain text, and where marks stand in it (UTF-16 units, in order, apart from each other). */
export type MarkedTextProps = { text: string; ranges: readonly { start: number; end: number }[] };

/** A text with what was searched for marked in it. */
export const MarkedText = ({ text, ranges }: MarkedTextProps) => {
  const ends = [0, ...ranges.map(({ end }) => end)];
  return (
    <>
      {ranges.map(({ start, end }, at) => (
        <span key={start}>
          {text.slice(ends[at], start)}
          <mark className="bg-transparent font-bold text-accent">{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
};
