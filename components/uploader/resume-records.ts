/** What is kept about an unfinished upload, so that the same file can go on after the tab was closed. */
export type ResumeRecord = { fingerprint: string; uploadUrl: string; videoId: string | null; savedAtMs: number };

/** Unfinished uploads of one account in this browser. */
export type ResumeRecords = {
  find(fingerprint: string): ResumeRecord | null;
  put(record: ResumeRecord): void;
  remove(fingerprint: string): void;
};

const longestMs = 14 * 24 * 3_600_000;
const most = 200;

const isRecord = (value: unknown): value is ResumeRecord =>
  typeof value === "object" &&
  value !== null &&
  "fingerprint" in value &&
  typeof value.fingerprint === "string" &&
  "uploadUrl" in value &&
  typeof value.uploadUrl === "string" &&
  "videoId" in value &&
  (value.videoId === null || typeof value.videoId === "string") &&
  "savedAtMs" in value &&
  typeof value.savedAtMs === "number";

const parse = (text: string | null): ResumeRecord[] => {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRecord) : [];
  } catch {
    // Spoilt by something else: as good as empty.
    return [];
  }
};

/**
 * Keeps records in `storage` under a name of their own per account, so that two people at one browser never continue each
 * other's uploads. A storage that refuses (private mode, full) only costs the comfort of resuming.
 */
export const resumeRecords = ({
  storage,
  accountId,
  now,
}: {
  storage: Pick<Storage, "getItem" | "setItem">;
  accountId: string;
  now: () => number;
}): ResumeRecords => {
  const name = `kinora:uploads:${accountId}`;
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch {
      // Access denied or no room; see above.
      return otherwise;
    }
  };
  const read = () =>
    attempt(() => parse(storage.getItem(name)), []).filter((record) => now() - record.savedAtMs < longestMs);
  const write = (records: readonly ResumeRecord[]) =>
    attempt(() => storage.setItem(name, JSON.stringify(records.slice(0, most))), undefined);
  return {
    find: (fingerprint) => read().find((record) => record.fingerprint === fingerprint) ?? null,
    put: (record) => write([record, ...read().filter((old) => old.fingerprint !== record.fingerprint)]),
    remove: (fingerprint) => write(read().filter((old) => old.fingerprint !== fingerprint)),
  };
};
