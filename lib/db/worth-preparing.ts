/** How often a statement is seen before the server keeps it, and how many it keeps for each connection at most. */
const seenBefore = 2;
const mostKept = 300;
/** Statements that are counted; what is asked once in a while is forgotten with them. */
const mostCounted = 2000;

/** How much fits a pattern depends on it: whichever plan is kept for any is wrong for some by the size of a table. */
const comparesPatterns = /\bilike\b/i;

/**
 * Tells which statements of a pool the server is to parse and plan once for each connection: reads that come again and
 * again (`with` may begin a write too; keeping one costs no more). Lists of values make ever new texts, and each that is kept
 * costs every connection memory. What looks for a part of a text is planned for each.
 */
export const worthPreparing = (): ((query: string) => boolean) => {
  const kept = new Set<string>();
  let counts = new Map<string, number>();
  return (query) => {
    if (kept.has(query)) return true;
    if (kept.size >= mostKept || !/^\s*(select|with)\b/i.test(query) || comparesPatterns.test(query)) return false;
    const seen = counts.get(query) ?? 0;
    if (seen >= seenBefore) {
      kept.add(query);
      counts.delete(query);
      return true;
    }
    if (counts.size >= mostCounted) counts = new Map();
    counts.set(query, seen + 1);
    return false;
  };
};
