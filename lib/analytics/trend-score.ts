/** Days after which a view weighs half. */
const halfLifeDays = 2;
const dayMs = 24 * 3600 * 1000;
const epochMs = Date.UTC(2026, 0, 1);

/**
 * The score of `views` that all came at one moment. A view at time t (in half-lives since 2026) weighs 2^t, and a score is
 * the binary logarithm of the sum of the weights: `score = log2(Σ 2^t)`. As every view of every video loses half its weight in
 * the same time, the order of two videos changes only when one of them is viewed: what stands in the column holds for
 * ever, and a list by it is one scan of an index. 0 stands for no views; real scores are above it.
 */
export const scoreOfViews = ({ views, atMs }: { views: number; atMs: number }): number =>
  Math.max(0.001, (atMs - epochMs) / dayMs / halfLifeDays) + Math.log2(views);

/** The score of both together: `log2(2^a + 2^b)`, without ever making the powers. The same is done in SQL. */
export const addScores = (one: number, other: number): number => {
  if (one === 0) return other;
  return Math.max(one, other) + Math.log2(1 + 2 ** Math.max(-60, -Math.abs(one - other)));
};
