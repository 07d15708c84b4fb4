import { expect, test } from "vitest";
import { addScores, scoreOfViews } from "#lib/analytics/trend-score.ts";

const day = 24 * 3600 * 1000;
const start = Date.UTC(2026, 10, 1);

test("a score is the logarithm of views that halve every two days, however they come together", () => {
  const views = [0, 1, 1, 3, 8].map((days) => ({ views: days + 1, atMs: start + days * day }));
  const score = views.map(scoreOfViews).reduce(addScores, 0);
  const brute = views.reduce((sum, { views: count, atMs }) => sum + count * 2 ** ((atMs - start) / day / 2), 0);
  expect(score - scoreOfViews({ views: 1, atMs: start })).toBeCloseTo(Math.log2(brute), 9);
  expect(views.toReversed().map(scoreOfViews).reduce(addScores, 0)).toBeCloseTo(score, 9);
});

test("twice the views outweigh two days, and years make no number too large", () => {
  const old = scoreOfViews({ views: 2, atMs: start });
  expect(old).toBeCloseTo(scoreOfViews({ views: 1, atMs: start + 2 * day }), 9);
  const later = scoreOfViews({ views: 1, atMs: start + 36_500 * day });
  expect(addScores(old, later)).toBeCloseTo(later, 9);
  expect(scoreOfViews({ views: 1, atMs: 0 })).toBeGreaterThan(0);
});
