import type { DbOrTx } from "#lib/db/client.ts";
import { findPosterRun, posterStepResults } from "#lib/db/queries/videos/posters.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import {
  partsResultSchema,
  posterResultSchema,
  type StoredPoster,
  widthsOf,
} from "#lib/media/playlists/rendition-parts.ts";
import { posterProposalKey } from "#lib/storage/keys.ts";

/** A poster that a run proposes. */
export type PosterProposal = {
  index: number;
  runId: string;
  key: string;
  /** Widths of its small copies, in pixels, the smallest first. */
  widths: number[];
  dominantColor: string;
};

const storedBy = (results: readonly { kind: string; result: unknown }[]): readonly StoredPoster[] => {
  for (const { kind, result } of results) {
    if (kind === "poster") {
      const { poster, proposals } = posterResultSchema.parse(result);
      // Runs of the first version proposed one and said so by `poster` alone.
      return proposals.length > 0 ? proposals : poster === null ? [] : [poster];
    }
    const drawn = partsResultSchema.safeParse(result).data?.poster;
    if (drawn) return [drawn];
  }
  return [];
};

/** What the video's present run proposes, the automatic one first; empty before its poster step has ended. */
export const posterProposals = async (
  tx: DbOrTx,
  video: Pick<VideoRow, "id" | "currentRunId">,
): Promise<PosterProposal[]> => {
  const run = await findPosterRun(tx, { videoId: video.id, currentRunId: video.currentRunId });
  if (run === null) return [];
  const stored = storedBy(await posterStepResults(tx, run.id));
  return stored.map((poster, index) => ({
    index,
    runId: run.id,
    key: posterProposalKey({ videoId: video.id, runId: run.id, index }),
    widths: widthsOf(poster),
    dominantColor: poster.dominantColor,
  }));
};
