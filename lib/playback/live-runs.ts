import { db } from "#lib/db/client.ts";
import { listChunks } from "#lib/db/queries/chunks.ts";
import { getLiveRunBody, getLiveRunHead, type LiveRunHead } from "#lib/db/queries/live-runs.ts";
import { completeRenditions, type LiveRun } from "#lib/media/live-renditions.ts";
import { renditionPartSchema } from "#lib/media/rendition-parts.ts";
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

type Entry = { answer: Promise<OpenRun | null>; until: number; latest: OpenRun | null };

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
 * Holds at most `maxEntries`; never remembers a fault.
 */
export const createLiveRuns = (input: { ttlMs: number; maxEntries: number; now: () => number }): LiveRuns => {
  const entries = new Map<string, Entry>();
  const load = async (runId: string, latest: OpenRun | null): Promise<OpenRun | null> => {
    const head = await getLiveRunHead(db(), runId);
    if (head === null) return null;
    return latest?.version === head.version ? { ...latest, ...head } : readRun(runId, head);
  };
  const ask = (runId: string): Promise<OpenRun | null> => {
    const latest = entries.get(runId)?.latest ?? null;
    entries.delete(runId);
    const oldest = entries.size >= input.maxEntries ? entries.keys().next() : null;
    if (oldest !== null && !oldest.done) entries.delete(oldest.value);
    const answer = load(runId, latest);
    const entry: Entry = { answer, until: input.now() + input.ttlMs, latest };
    entries.set(runId, entry);
    answer.then(
      (run) => {
        entry.latest = run;
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

/** The process's memory of runs: a second old at most. */
export const liveRuns = (): LiveRuns => {
  shared ??= createLiveRuns({ ttlMs: 1000, maxEntries: 500, now: () => performance.now() });
  return shared;
};
