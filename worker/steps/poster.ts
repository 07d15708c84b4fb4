import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import type { Plan, StreamPicture } from "#lib/media/plan/plan.ts";
import { type PosterResult, posterAssets } from "#lib/media/playlists/rendition-parts.ts";
import { posterLooksCommand, posterSweepCommand } from "#lib/media/stills/poster-command.ts";
import { proposalCount } from "#lib/media/stills/poster-plan.ts";
import { dominantColorOf, proposePosters } from "#lib/media/stills/poster-score.ts";
import { cleanPosterKey, posterProposalKey, thumbnailKey } from "#lib/storage/keys.ts";
import { markStill } from "./mark-still.ts";
import { type PosterCandidate, readCandidates } from "./poster-candidates.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";
import { makeThumbnails, thumbnailFiles, toldThumbnails } from "./thumbnails.ts";

type PosterPlan = NonNullable<Plan["poster"]>;
type Looking = { context: StepContext; picture: StreamPicture; poster: PosterPlan };

const take = async (
  { context, poster }: Looking,
  { kind, command, seconds }: { kind: "look" | "sweep"; command: FfmpegCommand; seconds: number },
): Promise<PosterCandidate[]> => {
  const { scratchDir, signal } = context;
  await context.ffmpeg({ command, scratchDir, durationSeconds: seconds, signal });
  return readCandidates({ scratchDir, kind, poster });
};

const propose = (candidates: readonly PosterCandidate[]): PosterCandidate[] =>
  proposePosters({ stills: candidates.map(({ measures }) => measures), count: proposalCount }).flatMap(
    (index) => candidates[index] ?? [],
  );

/** Whether the sweep sees the whole clip; of longer ones it is a last resort, as in a file that was cut off. */
const isShort = (poster: PosterPlan) => (poster.atSeconds.at(-1) ?? 0) <= poster.sweepSeconds;

const findPosters = async (looking: Looking): Promise<PosterCandidate[]> => {
  const { context, picture, poster } = looking;
  const { sourcePath } = context;
  const command = posterLooksCommand({ picture, poster, sourcePath });
  const looked = await take(looking, { kind: "look", command, seconds: poster.atSeconds.length });
  const proposed = propose(looked);
  if (proposed.length > 0 && (proposed.length >= proposalCount || !isShort(poster))) return proposed;
  const sweep = posterSweepCommand({ picture, poster, sourcePath });
  const swept = await take(looking, { kind: "sweep", command: sweep, seconds: poster.sweepSeconds });
  return propose([...looked, ...swept]);
};

type Shown = PosterCandidate & { cleanPath: string | null };

/** The proposals as viewers may see them: with the run's mark, the clean ones beside. They were judged without it. */
const markAll = async (input: {
  context: StepContext;
  found: readonly PosterCandidate[];
  poster: Plan["poster"];
}): Promise<Shown[]> => {
  const { context, found, poster } = input;
  const wish = requirePlan(context).watermark;
  if (wish === null || poster === null || found.length === 0) return found.map((one) => ({ ...one, cleanPath: null }));
  const mark = { wish, png: await context.readStored({ key: wish.imageKey }) };
  const shown: Shown[] = [];
  for (const [index, one] of found.entries()) {
    const marked = await markStill(context, { path: one.path, name: `marked-${index}.jpg`, size: poster, mark });
    shown.push({ ...one, ...marked, cleanPath: one.path });
  }
  return shown;
};

/** Proposes posters from a few key frames, the best as the automatic one. */
export const posterStep: StepHandler = async (context) => {
  const { picture, poster } = requirePlan(context);
  const found = poster === null || picture.origin !== "stream" ? [] : await findPosters({ context, picture, poster });
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const shown = await markAll({ context, found, poster });
  // Of what viewers see: a marked poster's copies carry the mark.
  const small = await makeThumbnails(
    context,
    shown.map(({ path }) => path),
  );
  const proposals = shown.map(({ sizeBytes, measures }, index) => ({
    ...{ sizeBytes, dominantColor: dominantColorOf(measures), thumbnails: toldThumbnails(small[index] ?? []) },
  }));
  const result: PosterResult = {
    poster: proposals[0] ?? null,
    proposals,
    // The first is told by `poster`.
    assets: proposals.slice(1).flatMap((proposal, index) => {
      const key = posterProposalKey({ ...run, index: index + 1 });
      return posterAssets(proposal, { poster: key, thumbnail: (width) => thumbnailKey({ posterKey: key, width }) });
    }),
  };
  const files = shown.flatMap(({ path, cleanPath }, index) => {
    const key = posterProposalKey({ ...run, index });
    const clean = cleanPath === null ? [] : [{ path: cleanPath, key: cleanPosterKey(key) }];
    return [{ path, key }, ...thumbnailFiles(key, small[index] ?? []), ...clean];
  });
  return { result, files };
};
