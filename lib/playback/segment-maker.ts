import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

/** A segment of a source's own track, and where it will be stored. */
export type WantedSegment = {
  key: string;
  runId: string;
  sourceKey: string;
  rung: SourceRung;
  rendition: string;
  index: number | "init";
};

/** What a segment maker works with. */
export type SegmentMakerParts = {
  store: ObjectStore;
  /** `packageSegment` of lib/packaging. */
  packageSegment: (input: {
    source: { key: string };
    rung: SourceRung;
    rendition: string;
    index: number | "init";
    signal: AbortSignal;
  }) => Promise<Uint8Array>;
  /** Whether the run's files have gone or are going: then what came late must not stay. */
  isSwept: (runId: string) => Promise<boolean>;
  /** Does `put` and counts the bytes it says it has added to the run. */
  counted: (runId: string, put: () => Promise<number>) => Promise<void>;
  /** Segments made at the same time. */
  atOnce: number;
  /** Further ones that may wait; beyond them the answer is to come again. */
  maxWaiting: number;
};

/** Makes segments when they are asked for. */
export type SegmentMaker = {
  /**
   * The bytes, as soon as they are made; storing goes on beside. Equal questions at the same time are answered by one
   * making. Throws `unavailable` when too much is asked at once, and what the packaging throws.
   */
  make: (wanted: WantedSegment) => Promise<Uint8Array>;
  /** Stops making and waits for what is being stored. */
  close: () => Promise<void>;
};

/** Runs at most `atOnce` pieces of work at a time, in the order of their coming. */
const createSlots = ({ atOnce, maxWaiting }: { atOnce: number; maxWaiting: number }) => {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const take = async (): Promise<void> => {
    if (taken < atOnce) {
      taken += 1;
      return;
    }
    if (waiting.length >= maxWaiting) throw new AppError("unavailable", { retryAfterSeconds: 1 });
    // The one who leaves hands its place over.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken -= 1;
    else next();
  };
  return { take, leave };
};

/** Puts a made segment under its final name, where whoever asks next finds it. A fault costs only another making. */
const keep = async (parts: SegmentMakerParts, wanted: WantedSegment, bytes: Uint8Array): Promise<void> => {
  const { key, runId } = wanted;
  try {
    await parts.counted(runId, async () => {
      const { created } = await parts.store.put({ key, body: bytes, ifAbsent: true });
      // The run may have ended, and its files gone, between the question and now.
      const swept = await parts.isSwept(runId);
      if (swept) await parts.store.remove(key);
      return created && !swept ? bytes.byteLength : 0;
    });
  } catch (error) {
    log().warn({ "event.action": "segment.not_stored", key, err: error }, "a packaged segment could not be stored");
  }
};

/** Makes a maker. It holds at most `atOnce` segments in memory. */
export const createSegmentMaker = (parts: SegmentMakerParts): SegmentMaker => {
  const { packageSegment } = parts;
  const slots = createSlots(parts);
  const closing = new AbortController();
  const making = new Map<string, Promise<Uint8Array>>();
  const storing = new Set<Promise<void>>();

  const begin = async (wanted: WantedSegment): Promise<Uint8Array> => {
    await slots.take();
    let kept: Promise<void> | null = null;
    try {
      closing.signal.throwIfAborted();
      const { rung, rendition, index, sourceKey } = wanted;
      const bytes = await packageSegment({
        source: { key: sourceKey },
        rung,
        rendition,
        index,
        signal: closing.signal,
      });
      kept = keep(parts, wanted, bytes);
      storing.add(kept);
      kept.finally(() => {
        if (kept !== null) storing.delete(kept);
        making.delete(wanted.key);
        slots.leave();
      });
      return bytes;
    } finally {
      if (kept === null) slots.leave();
    }
  };

  return {
    make: (wanted) => {
      const present = making.get(wanted.key);
      if (present !== undefined) return present;
      const bytes = begin(wanted);
      making.set(wanted.key, bytes);
      bytes.catch(() => making.delete(wanted.key));
      return bytes;
    },
    close: async () => {
      closing.abort(new AppError("unavailable", { message: "The process stops." }));
      await Promise.all(storing);
    },
  };
};
