/** `/media/signed/<key id>.<expiry in base 36>.…/runs/<video>/…`; docs/signed-playback.md. */
const signed = /\/media\/signed\/([a-z0-9]+\.([0-9a-z]+)\.[^/]+)\/runs\/([^/]+)\//;

/** What the path of a signed address says; null for one that is open to everybody. */
export const signatureOf = (url: string): { signature: string; videoId: string; expiresAtMs: number } | null => {
  const [, signature, expiry, videoId] = signed.exec(url) ?? [];
  if (signature === undefined || expiry === undefined || videoId === undefined) return null;
  return { signature, videoId, expiresAtMs: Number.parseInt(expiry, 36) * 1000 };
};

/** The newest signature of each video on this page. */
const newest = new Map<string, { signature: string; expiresAtMs: number }>();

/** Takes note of an address that was just given out. True when it holds longer than all before. */
export const noteAddress = (url: string): boolean => {
  const found = signatureOf(url);
  if (found === null) return false;
  const known = newest.get(found.videoId);
  newest.set(found.videoId, found);
  return known === undefined || known.expiresAtMs < found.expiresAtMs;
};

/**
 * The same object under the newest signature: a playlist names its segments relatively to the address it was loaded from,
 * which may have run out long before the film ends.
 */
export const currentAddress = (url: string): string => {
  const found = signatureOf(url);
  const known = found === null ? undefined : newest.get(found.videoId);
  return found === null || known === undefined ? url : url.replace(found.signature, known.signature);
};

/** When to ask for new addresses: a minute before the old ones end, or halfway when that is sooner; from `nowMs`. */
export const renewalDelayMs = ({ expiresAtMs, nowMs }: { expiresAtMs: number; nowMs: number }): number => {
  const leftMs = Math.max(0, expiresAtMs - nowMs);
  return Math.max(leftMs - 60_000, leftMs / 2);
};
