import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { listDuplicates } from "#lib/db/queries/videos/originals.ts";
import { partsOfVideos, type VideoParts } from "#lib/db/queries/videos/parts.ts";
import {
  type AssetRow,
  assetsOfVideos,
  type OpenUploadRow,
  openUploadsOfVideos,
  type VideoRow,
} from "#lib/db/queries/videos/videos.ts";
import type { Chapter } from "#lib/media/captions/chapter-list.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";
import { playableRunsOfVideos, type WatchableRun } from "#lib/processing/playable-runs.ts";
import { progressOfVideos, type RunProgress } from "#lib/processing/progress-of-videos.ts";
import { mayEdit } from "#lib/videos/policy.ts";

/** What DTOs of videos are made of besides their rows; by the video's id, renditions and stills by the run's. */
export type Surroundings = {
  progress: ReadonlyMap<string, RunProgress>;
  renditions: ReadonlyMap<string, VideoParts["renditions"]>;
  /** Runs that can be watched while they go on, of videos without a published one. */
  watchable: ReadonlyMap<string, WatchableRun>;
  captions: ReadonlyMap<string, VideoParts["captions"]>;
  chapters: ReadonlyMap<string, readonly Chapter[]>;
  stills: ReadonlyMap<string, VideoParts["stills"]>;
  assets: ReadonlyMap<string, AssetRow[]>;
  uploads: ReadonlyMap<string, OpenUploadRow>;
  duplicates: ReadonlyMap<string, { id: string; title: string }>;
};

const idsOf = (rows: readonly VideoRow[]): string[] => rows.map(({ id }) => id);

const chaptersOf = (rows: readonly VideoRow[], { chapters }: VideoParts) => {
  const stored = Map.groupBy(chapters, ({ videoId }) => videoId);
  return new Map(rows.map((row) => [row.id, heldChapters({ ...row, rows: stored.get(row.id) ?? [] }).items]));
};

/** What only those learn who may edit the videos. */
const editorParts = async (tx: DbOrTx, videoIds: readonly string[]) => {
  const [assets, uploads, duplicates] = await Promise.all([
    assetsOfVideos(tx, videoIds),
    openUploadsOfVideos(tx, videoIds),
    listDuplicates(tx, videoIds),
  ]);
  return {
    assets: Map.groupBy(assets, (row) => row.videoId),
    uploads: new Map(uploads.map((row) => [row.videoId, row])),
    duplicates: new Map(duplicates.map(({ videoId, id, title }) => [videoId, { id, title }])),
  };
};

type RowsOfViewer = { rows: readonly VideoRow[]; viewer: Viewer; parts?: VideoParts | undefined };

/**
 * Reads what surrounds several videos for a viewer: by one statement (none where `parts` were read with the rows) for those
 * that are published and that the viewer may not edit, by a few more for the others, never by one for each.
 */
export const surroundingsOf = async (
  tx: DbOrTx,
  { rows, viewer, parts: read }: RowsOfViewer,
): Promise<Surroundings> => {
  const unpublished = rows.filter((row) => row.currentRunId === null && row.status === "processing");
  const watchable = await playableRunsOfVideos(tx, idsOf(unpublished));
  const runIds = rows.flatMap((row) => row.currentRunId ?? watchable.get(row.id)?.runId ?? []);
  const [parts, ofEditors] = await Promise.all([
    // Parts that came with the rows know nothing of runs that can be watched while they go on.
    read !== undefined && watchable.size === 0 ? read : partsOfVideos(tx, { videoIds: idsOf(rows), runIds }),
    editorParts(tx, idsOf(rows.filter((row) => mayEdit(viewer, row)))),
  ]);
  return {
    ...ofEditors,
    watchable,
    progress: await progressOfVideos(tx, parts.running),
    renditions: Map.groupBy(parts.renditions, ({ runId }) => runId),
    captions: Map.groupBy(parts.captions, ({ videoId }) => videoId),
    chapters: chaptersOf(rows, parts),
    stills: Map.groupBy(parts.stills, ({ runId }) => runId),
  };
};
