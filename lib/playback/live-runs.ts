import { db } from "#lib/db/client.ts";
import { listChunks } from "#lib/db/queries/runs/chunks.ts";
import { getLiveRunBody, getLiveRunHead, type LiveRunHead } from "#lib/db/queries/runs/live-runs.ts";
import { completeRenditions, type LiveRun } from "#lib/media/playlists/live-renditions.ts";
import { renditionPartSchema } from "#lib/media/playlists/rendition-parts.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";

/** A run with what can be delivered of it while its files are not all stored. */
export type OpenRun = LiveRunHead & { runId: string; live: LiveRun; readAt: Date };

/** Reads runs, remembering each for a moment. */
export type LiveRuns = {
  /** As remembered, at most `ttlMs` old. Null for a run without a plan and for none at all. */
  get: (runId: string) => Promise<OpenRun | null>;
  /** As it is now, whatever is remembered; for when what is remembered would refuse. */
  getFresh: (runId: string) => Promise<OpenRun | null>;
};

type Entry = { answer: Promise<OpenRun | null>; until: number; latest: OpenRun | null; segments: number };

/** Segments that a run is remembered with: what its size in memory grows with. */
const segmentsOf = (run: OpenRun | null): number => {
  if (run === null) return 0;
  const { parts, plan } = run.live;
  const own = plan.source === null ? [] : [plan.source.video, ...plan.source.audio];
  const listed = parts.reduce((sum, part) => sum + part.segments.length, 0);
  return own.reduce((sum, track) => sum + track.starts.length, listed);
};

const readRun = async (runId: string, head: LiveRunHead): Promise<OpenRun | null> => {
  const [body, parts] = await Promise.all([getLiveRunBody(db(), runId), listChunks(db(), { runId })]);
  const plan = knownPlan(body.plan);
  if (plan === null) return null;
  const live = {
    plan,
    parts: parts.map(({ part }) => renditionPartSchema.parse(part)),
    complete: completeRenditions({ plan, steps: body.steps }),
  };
  return { ...head, runId, live, readAt: new Date() };
};

/**
 * Remembers runs for `ttlMs`, because each of many viewers asks for each growing playlist every few seconds: equal
 * questions at the same time are asked once, and the large part is read only when the small one says that it changed.
 * Holds at most `maxEntries` runs, and no more of them than have `maxSegments` together, but always the one asked for
 * last; never remembers a fault.
 */
export const createLiveRuns = (input: {
  ttlMs: number;
  maxEntries: number;
  maxSegments: number;
  now: () => number;
}): LiveRuns => {
  // A Map keeps the order of insertion: what was read last stands at its end.
  const entries = new Map<string, Entry>();
  const trim = (): void => {
    let total = [...entries.values()].reduce((sum, { segments }) => sum + segments, 0);
    for (const [runId, { segments }] of entries) {
      if (entries.size <= input.maxEntries && (total <= input.maxSegments || entries.size === 1)) return;
      entries.delete(runId);
      total -= segments;
    }
  };
  const load = async (runId: string, latest: OpenRun | null): Promise<OpenRun | null> => {
    const head = await getLiveRunHead(db(), runId);
    if (head === null) return null;
    return latest?.version === head.version ? { ...latest, ...head } : readRun(runId, head);
  };
  const ask = (runId: string): Promise<OpenRun | null> => {
    const { latest, segments } = entries.get(runId) ?? { latest: null, segments: 0 };
    entries.delete(runId);
    const answer = load(runId, latest);
    const entry: Entry = { answer, until: input.now() + input.ttlMs, latest, segments };
    entries.set(runId, entry);
    trim();
    answer.then(
      (run) => {
        entry.latest = run;
        entry.segments = segmentsOf(run);
        trim();
      },
      () => {
        if (entries.get(runId) === entry) entries.delete(runId);
      },
    );
    return answer;
  };
  return {
    getFresh: ask,
    get: (runId) => {
      const entry = entries.get(runId);
      return entry !== undefined && entry.until > input.now() ? entry.answer : ask(runId);
    },
  };
};

let shared: LiveRuns | undefined;

/** About 50 MB: some fifty films of two hours with all their rungs. */
const maxSegments = 500_000;

/** The process's memory of runs: a second old at most. */
export const liveRuns = (): LiveRuns => {
  shared ??= createLiveRuns({ ttlMs: 1000, maxEntries: 500, maxSegments, now: () => performance.now() });
  return shared;
};
