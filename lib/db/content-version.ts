import { db } from "#lib/db/client.ts";
import { freshReading } from "#lib/db/fresh-reading.ts";
import { type Committed, readCommitted, type Wanted } from "#lib/db/queries/instance/committed.ts";

/** What a `pg_snapshot` says: transactions before `end` that do not run are seen. */
type Snapshot = { text: string; end: number; running: ReadonlySet<number> };

/** More transactions between two readings are not looked at one by one. */
const mostBetween = 2_000;

const parse = (text: string): Snapshot => {
  const [, end = "", running = ""] = text.split(":");
  return {
    ...{ text, end: Number(end) },
    running: new Set(running === "" ? [] : running.split(",").map(Number)),
  };
};

const sees = ({ end, running }: Snapshot, xid: number): boolean => xid < end && !running.has(xid);

/** Transactions that `after` sees and `before` did not; null when these are too many, or it does not see all that one saw. */
const between = (before: Snapshot, after: Snapshot): number[] | null => {
  if (after.end < before.end || after.end - before.end > mostBetween) return null;
  if ([...after.running].some((xid) => sees(before, xid))) return null;
  const begun = Array.from({ length: after.end - before.end }, (_, at) => before.end + at);
  return [...before.running, ...begun].filter((xid) => sees(after, xid));
};

/**
 * Tells versions of what strangers are told of the site, from readings of what is committed: a version stays as long as
 * nothing but quiet transactions (see `markQuiet`) was committed since the reading before, and never comes again. A
 * transaction that was rolled back counts as well.
 */
export const followContent = (): { wanted: () => Wanted; take: (committed: Committed) => string } => {
  let last: Snapshot | null = null;
  let version = 0;
  return {
    wanted: () => ({ from: String(last?.end ?? 0), among: [...(last?.running ?? [])].map(String) }),
    take: ({ snapshot, quiet }) => {
      const before = last;
      last = before?.text === snapshot ? before : parse(snapshot);
      if (before === last) return String(version);
      const known = new Set(quiet.map(Number));
      const fresh = before === null ? null : between(before, last);
      if (fresh === null || fresh.some((xid) => !known.has(xid))) version += 1;
      return String(version);
    },
  };
};

/**
 * Makes what tells the version of the content as it is committed now, never as of before it was asked; see `followContent`.
 * Those who ask the same one at about the same time share a reading. Null when it cannot be told within a second.
 */
export const freshContentVersions = (): (() => Promise<string | null>) => {
  const content = followContent();
  return freshReading(async () => content.take(await readCommitted(db(), content.wanted())));
};
