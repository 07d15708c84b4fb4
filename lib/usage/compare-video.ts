import { runPrefix } from "#lib/storage/keys.ts";
import type { ObjectInfo } from "#lib/storage/object-store.ts";

/** A stored thing as the ledger has it. */
export type LedgerRow = { id: string; runId: string | null; kind: string; key: string; sizeBytes: number };

/** Something whose size the ledger has wrong. */
export type SizeDifference = { id: string; key: string; before: number; after: number };

/** What of a video differs. */
export type VideoDifferences = {
  /** Single objects. */
  sizes: SizeDifference[];
  /** Ended runs whose files sum up to something else. */
  runIds: string[];
  /** Bytes of objects that no row names, and that are old enough to belong to nobody on the way. */
  unlistedBytes: number;
};

/** The row of what lies under a video and no other row names; its key is no object's. */
export const unlistedKey = (videoId: string): string => `unlisted/${videoId}/`;

/** Bytes on their way into a row are younger. */
const settledMs = 3600 * 1000;

/** A run's id when the key lies under one; posters and captions lie beside them. */
const runOf = (key: string): string | null => /^runs\/[^/]+\/([0-9a-f-]{36})\//.exec(key)?.[1] ?? null;

/** A marked poster counts with the unmarked picture beside it. */
const namedKey = (key: string): string => key.replace(/\.clean$/, ".jpg");

const add = (sums: Map<string, number>, name: string, bytes: number) => sums.set(name, (sums.get(name) ?? 0) + bytes);

/**
 * Compares what the ledger says of a video with its objects. What is being made right now is left alone: runs that go on,
 * and objects without a row that are younger than an hour.
 */
export const compareVideo = (input: {
  videoId: string;
  rows: readonly LedgerRow[];
  objects: readonly ObjectInfo[];
  runningRunIds: readonly string[];
  now: Date;
}): VideoDifferences => {
  const { videoId, objects, now } = input;
  const running = new Set(input.runningRunIds);
  const rows = input.rows.filter(({ key }) => key !== unlistedKey(videoId));
  const isOfRun = ({ key, runId }: LedgerRow) => runId !== null && key.startsWith(runPrefix({ videoId, runId }));
  const measured = new Set(rows.filter((row) => row.kind === "working" && isOfRun(row)).map(({ runId }) => runId));
  const single = new Map(rows.filter((row) => !isOfRun(row)).map((row) => [row.key, row]));
  const [found, ofRuns] = [new Map<string, number>(), new Map<string, number>()];
  let unlistedBytes = 0;
  for (const { key, sizeBytes, modifiedAt } of objects) {
    const runId = runOf(key);
    const isOld = now.getTime() - modifiedAt.getTime() > settledMs;
    if (runId !== null && measured.has(runId)) add(ofRuns, runId, sizeBytes);
    else if (runId === null && single.has(namedKey(key))) add(found, namedKey(key), sizeBytes);
    else if (isOld && !(runId !== null && running.has(runId))) unlistedBytes += sizeBytes;
  }
  const counted = new Map<string, number>();
  for (const row of rows) if (row.runId !== null && isOfRun(row)) add(counted, row.runId, row.sizeBytes);
  const runIds = [...measured].flatMap((runId) =>
    runId !== null && !running.has(runId) && (counted.get(runId) ?? 0) !== (ofRuns.get(runId) ?? 0) ? [runId] : [],
  );
  const sizes = [...single.values()].flatMap(({ id, key, sizeBytes: before }) => {
    const after = found.get(key) ?? 0;
    return after === before ? [] : [{ id, key, before, after }];
  });
  return { sizes, runIds, unlistedBytes };
};
