import { expect, test } from "vitest";
import { chosenPosterKey, posterProposalKey, thumbnailKey } from "#lib/storage/keys.ts";

test("small copies of a poster are named after it, so that no two posters share one", () => {
  const run = { videoId: "v", runId: "r" };
  const posters = [
    posterProposalKey({ ...run, index: 0 }),
    posterProposalKey({ ...run, index: 1 }),
    chosenPosterKey({ videoId: "v", posterId: "p" }),
  ];
  expect(posters.map((posterKey) => thumbnailKey({ posterKey, width: 320 }))).toEqual([
    ...["runs/v/r/poster-w320.webp", "runs/v/r/poster-1-w320.webp", "runs/v/posters/p-w320.webp"],
  ]);
});
