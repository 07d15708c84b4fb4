import type { DbOrTx } from "#lib/db/client.ts";
import { findPosterRun, posterStepResults } from "#lib/db/queries/videos/posters.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { partsResultSchema, posterResultSchema } from "#lib/media/playlists/rendition-parts.ts";
import { posterProposalKey } from "#lib/storage/keys.ts";

/** A poster that a run proposes. */
export type PosterProposal = { index: number; runId: string; key: string; dominantColor: string };

const coloursOf = (results: readonly { kind: string; result: unknown }[]): string[] => {
  for (const { kind, result } of results) {
    if (kind === "poster") {
      const { poster, proposals } = posterResultSchema.parse(result);
      // Runs of the first version proposed one and said so by `poster` alone.
      const all = proposals.length > 0 ? proposals : poster === null ? [] : [poster];
      return all.map(({ dominantColor }) => dominantColor);
    }
    const drawn = partsResultSchema.safeParse(result).data?.poster;
    if (drawn) return [drawn.dominantColor];
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
  const colours = coloursOf(await posterStepResults(tx, run.id));
  return colours.map((dominantColor, index) => ({
    index,
    runId: run.id,
    key: posterProposalKey({ videoId: video.id, runId: run.id, index }),
    dominantColor,
  }));
};
