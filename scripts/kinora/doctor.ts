import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { db } from "#lib/db/client.ts";
import { queueHealth } from "#lib/db/queries/instance/operator.ts";
import { env, overrideEnv } from "#lib/env.ts";
import { checkSearchServer } from "#scripts/kinora/check-search-server.ts";
import type { Command } from "#scripts/kinora/command.ts";
import type { Finding } from "#scripts/kinora/finding.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";
import { readLiveRecord } from "#scripts/start/process-record.ts";
import { detectConfinement } from "#worker/ffmpeg.ts";
import { createDetector } from "#worker/labels/run-detector.ts";

const minFreeBytes = 2 * 1024 ** 3;
const longWaitSeconds = 600;

const text = (error: unknown) => (error instanceof Error ? error.message : String(error));

const checkMedia = async (): Promise<Finding> => {
  try {
    const { level, ffmpegPath, version, advice } = await detectConfinement();
    const held = level === "none" ? "not confined" : `confined by ${level}`;
    const what = `ffmpeg ${version} (${ffmpegPath}), ${held}`;
    return advice === null ? { state: "good", what } : { state: level === "none" ? "bad" : "weak", what, advice };
  } catch (error) {
    return {
      state: "bad",
      what: `ffmpeg: ${text(error)}`,
      advice: "Install ffmpeg, or set FFMPEG_PATH to one that starts.",
    };
  }
};

/** Longest that the object model may take to start. */
const modelStartMs = 60_000;

const checkLabels = async (): Promise<Finding> => {
  if (!env().labels) return { state: "good", what: "Suggested tags are switched off (LABELS=off)" };
  const advice = "Videos are published all the same, without suggested tags. LABELS=off ends the tries.";
  try {
    const detector = createDetector({ level: async () => (await detectConfinement()).level });
    const signal = AbortSignal.timeout(2 * modelStartMs);
    const { ended, note } = await detector({ framesPath: null, budgetMs: modelStartMs, signal });
    if (ended === "all") return { state: "good", what: "The object model for suggested tags starts" };
    return {
      state: "weak",
      what: `The object model does not start: ${note.trim().split("\n").at(-1) ?? ended}`,
      advice,
    };
  } catch (error) {
    return { state: "weak", what: `The object model does not start: ${text(error)}`, advice };
  }
};

const checkStorage = async (): Promise<Finding> => {
  const { storageDir } = env();
  const probe = join(storageDir, `.doctor-${process.pid}`);
  try {
    await mkdir(storageDir, { recursive: true });
    await writeFile(probe, "x");
    await rm(probe);
    return { state: "good", what: `Storage ${storageDir} can be written` };
  } catch (error) {
    return {
      state: "bad",
      what: `Storage: ${text(error)}`,
      advice: "Give the user that runs Kinora the right to write there.",
    };
  }
};

const checkSpace = async (): Promise<Finding> => {
  const { bavail, bsize } = await statfs(env().dataDir);
  const freeBytes = bavail * bsize;
  const what = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free in ${env().dataDir}`;
  if (freeBytes >= minFreeBytes) return { state: "good", what };
  return { state: "bad", what, advice: "Make room; uploads are refused when the disk is full." };
};

const checkQueue = async (siteRuns: boolean): Promise<readonly Finding[]> => {
  try {
    const { waiting, running, exhausted, oldestSeconds, workers, serverVersion } = await withDatabase(() =>
      queueHealth(db()),
    );
    const database: Finding = { state: "good", what: `PostgreSQL ${serverVersion} answers and is up to date` };
    const what = `Queue: ${waiting} waiting, ${running} running, ${exhausted} out of attempts, ${workers} workers`;
    if (exhausted > 0)
      return [database, { state: "weak", what, advice: "See kinora jobs list; retry what is worth it." }];
    if (siteRuns && (workers === 0 || oldestSeconds > longWaitSeconds)) {
      return [
        database,
        { state: "bad", what, advice: "No worker takes jobs; look at the site's log for why it ends." },
      ];
    }
    return [database, { state: "good", what }];
  } catch (error) {
    return [
      {
        state: "bad",
        what: `Database: ${text(error)}`,
        advice: "See logs/postgres.log in the data folder, or DATABASE_URL.",
      },
    ];
  }
};

const marks = { good: "ok  ", weak: "weak", bad: "BAD " } as const;

const show = ({ state, what, advice }: Finding) => {
  console.log(`${marks[state]} ${what}`);
  if (advice !== undefined) console.log(`     ${advice}`);
};

/** Looks whether everything that Kinora needs is there and works. */
export const doctorCommand: Command = {
  help: `kinora doctor
    Checks versions, ffmpeg and its confinement, the object model, database, storage, free space, queue and search server; ends
    with 1 when something is bad.`,
  run: async () => {
    overrideEnv({ LOG_LEVEL: "silent" });
    const web = await readLiveRecord(env().dataDir, "web");
    const site: Finding = {
      state: "good",
      what: web === null ? "The site does not run" : `The site runs on port ${web.port}`,
    };
    const queue = await checkQueue(web !== null);
    const findings: readonly Finding[] = [
      { state: "good", what: `Node ${process.versions.node} on ${process.platform} ${process.arch}` },
      site,
      ...queue,
      await checkMedia(),
      await checkLabels(),
      await checkStorage(),
      await checkSpace(),
      ...(await checkSearchServer()),
    ];
    for (const finding of findings) show(finding);
    return findings.some(({ state }) => state === "bad") ? 1 : 0;
  },
};
