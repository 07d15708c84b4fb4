import { and, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { runSteps, runs, videos } from "#lib/db/schema/index.ts";

/** A run that posters come from. */
export type PosterRun = { id: string; plan: unknown };

/** The video's published run, else the one that is going on and has a plan; null when there is neither. */
export const findPosterRun = async (
  tx: DbOrTx,
  { videoId, currentRunId }: { videoId: string; currentRunId: string | null },
): Promise<PosterRun | null> => {
  const which = currentRunId === null ? eq(runs.state, "running") : eq(runs.id, currentRunId);
  const [row] = await tx
    .select({ id: runs.id, plan: runs.plan })
    .from(runs)
    .where(and(eq(runs.videoId, videoId), which, isNotNull(runs.plan)))
    .orderBy(desc(runs.id))
    .limit(1);
  return row ?? null;
};

/** Results of a run's steps that make posters: of the one that looks for them, and of the first encode, which may draw one. */
export const posterStepResults = (tx: DbOrTx, runId: string): Promise<{ kind: string; result: unknown }[]> =>
  tx
    .select({ kind: runSteps.kind, result: runSteps.result })
    .from(runSteps)
    .where(
      and(
        eq(runSteps.runId, runId),
        eq(runSteps.state, "done"),
        eq(runSteps.ordinal, 0),
        inArray(runSteps.kind, ["poster", "preview", "encode"]),
      ),
    );

/** A video's poster as its row holds it. */
export type Poster = {
  posterKey: string | null;
  /** Widths of its small copies, in pixels, the smallest first. */
  posterWidths: number[];
  dominantColor: string | null;
  posterOrigin: "auto" | "frame" | "image";
};

/** Sets the poster and forgets a choice that is being made. */
export const setPoster = async (tx: Tx, { videoId, poster }: { videoId: string; poster: Poster }): Promise<void> => {
  await tx
    .update(videos)
    .set({ ...poster, posterChoice: null, updatedAt: sql`now()` })
    .where(eq(videos.id, videoId));
};

/** Notes a choice that is to be made, in place of an earlier one. */
export const setPosterChoice = async (
  tx: Tx,
  { videoId, choice }: { videoId: string; choice: unknown },
): Promise<void> => {
  await tx.update(videos).set({ posterChoice: choice, updatedAt: sql`now()` }).where(eq(videos.id, videoId));
};

/** The live video whose choice that is, locked until the transaction ends; null when it was replaced or the video deleted. */
export const lockPosterChoice = async (
  tx: Tx,
  { videoId, choiceId }: { videoId: string; choiceId: string },
): Promise<{ posterKey: string | null; posterChoice: unknown } | null> => {
  const [row] = await tx
    .select({ posterKey: videos.posterKey, posterChoice: videos.posterChoice })
    .from(videos)
    .where(
      and(eq(videos.id, videoId), isNull(videos.deletedAt), sql`${videos.posterChoice} ->> 'id' = ${choiceId}::text`),
    )
    .for("update");
  return row ?? null;
};

/** Whether a poster's object is still what a video shows. */
export const isPosterShown = async (tx: DbOrTx, key: string): Promise<boolean> => {
  const rows = await tx.select({ id: videos.id }).from(videos).where(eq(videos.posterKey, key)).limit(1);
  return rows.length > 0;
};
