import { db } from "#lib/db/client.ts";
import { findMigrationState } from "#lib/db/queries/instance/migration-state.ts";
import { log } from "#lib/log.ts";
import { objectStore } from "#lib/storage/index.ts";
import journal from "../../drizzle/meta/_journal.json" with { type: "json" };

/** What is looked at; `ok` or what is wrong in a word. */
export type Readiness = {
  status: "ready" | "unavailable";
  parts: { database: PartState; migrations: PartState; storage: PartState };
};
type PartState = "ok" | "failed" | "behind";

/** A part that has not answered by then counts as failed: a probe must not hang with what it probes. */
const answerWithinMs = 2_000;

const newestMigration = Math.max(0, ...journal.entries.map((entry) => entry.when));

const withinTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), answerWithinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const failed = (part: string, error: unknown): "failed" => {
  log().warn({ "event.action": "readiness.failed", part, err: error }, "not ready");
  return "failed";
};

const databaseParts = async (): Promise<{ database: PartState; migrations: PartState }> => {
  try {
    await withinTime(db().execute("select 1"));
  } catch (error) {
    return { database: failed("database", error), migrations: "failed" };
  }
  try {
    const { newest, queue } = await withinTime(findMigrationState(db()));
    return { database: "ok", migrations: queue && (newest ?? 0) >= newestMigration ? "ok" : "behind" };
  } catch (error) {
    return { database: "ok", migrations: failed("migrations", error) };
  }
};

const storagePart = async (): Promise<PartState> => {
  try {
    await withinTime(objectStore().freeBytes());
    return "ok";
  } catch (error) {
    return failed("storage", error);
  }
};

/** Looks at everything this process needs for its work; takes at most a few seconds. */
export const checkReadiness = async (): Promise<Readiness> => {
  const [{ database, migrations }, storage] = await Promise.all([databaseParts(), storagePart()]);
  const parts = { database, migrations, storage };
  const ready = Object.values(parts).every((state) => state === "ok");
  return { status: ready ? "ready" : "unavailable", parts };
};
