import { AppError } from "#lib/errors.ts";

type OpenStreams = { closers: Set<() => void>; perSubject: Map<string, number>; closing: boolean };
const globals = globalThis as typeof globalThis & { kinoraEventStreams?: OpenStreams };

/** More streams than this of one account (or address) at a time are refused: each holds a connection and memory. */
const mostPerSubject = 20;

const open = (): OpenStreams => {
  globals.kinoraEventStreams ??= { closers: new Set(), perSubject: new Map(), closing: false };
  return globals.kinoraEventStreams;
};

/**
 * Takes a place for a stream of `subject`; the returned function gives it back. Throws `rate_limited` when the subject has
 * too many and `unavailable` while the process ends.
 */
export const takeStreamPlace = ({ subject, close }: { subject: string; close: () => void }): (() => void) => {
  const streams = open();
  if (streams.closing) throw new AppError("unavailable", { retryAfterSeconds: 2 });
  const count = streams.perSubject.get(subject) ?? 0;
  if (count >= mostPerSubject) {
    throw new AppError("rate_limited", { message: "Too many event streams are open.", retryAfterSeconds: 10 });
  }
  streams.perSubject.set(subject, count + 1);
  streams.closers.add(close);
  return () => {
    if (!streams.closers.delete(close)) return;
    const left = (streams.perSubject.get(subject) ?? 1) - 1;
    if (left > 0) streams.perSubject.set(subject, left);
    else streams.perSubject.delete(subject);
  };
};

/** Number of open streams of this process. */
export const openStreamCount = (): number => open().closers.size;

/** Ends every stream and lets no new one begin: Next waits for open answers without end when it stops. */
export const closeEventStreams = (): void => {
  const streams = open();
  streams.closing = true;
  for (const close of [...streams.closers]) close();
};

/** Lets streams begin again; for tests that closed them. */
export const reopenEventStreams = (): void => {
  open().closing = false;
};
