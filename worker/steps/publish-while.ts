import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import type { Stretch } from "./segment-files.ts";
import type { StepContext, StepOutcome } from "./step.ts";

/** Finished segments of one rendition, as ffmpeg goes on. */
export type SegmentSource = {
  /** Takes in what ffmpeg has finished since the last call, or only so much that `enough` segments are ready. */
  advance: (enough: number) => Promise<void>;
  /** Takes in what only the end of the stream makes complete. */
  finish: () => Promise<void>;
  /** The first `atMost` segments of those that are ready and were not taken yet. */
  take: (atMost: number) => Promise<Stretch | null>;
  hasAny: () => boolean;
  close: () => Promise<void>;
};

/** Publishing costs a transaction and an event; players look for news about this often. */
const publishEveryMs = 2_000;

/** Sound comes hundreds of segments at a time: what begins to play does not wait until all of them are on disk. */
const firstStretchSegments = 3;

/**
 * Runs one job at a time, started by whoever calls `poke` while none runs. The first failure ends it: `onFailure` is
 * called and `settled` throws it.
 */
const oneAtATime = (job: () => Promise<void>, onFailure: (error: unknown) => void) => {
  let running: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  const run = async () => {
    try {
      await job();
    } catch (error) {
      failure = { error };
      onFailure(error);
    } finally {
      running = null;
    }
  };
  return {
    poke: () => {
      if (running === null && failure === null) running = run();
    },
    settled: async () => {
      await running;
      if (failure !== null) throw failure.error;
    },
  };
};

/**
 * Runs ffmpeg and publishes segments while it goes on: the first as soon as there is one, then every few seconds. What is
 * left at the end is returned as the step's outcome, with what could not be decoded properly. Throws what ffmpeg, a source or
 * publishing throws; ffmpeg is gone by then.
 */
export const publishWhile = async (input: {
  context: StepContext;
  command: FfmpegCommand;
  sources: readonly SegmentSource[];
  /** Length of what is made, for progress; 0 when unknown. */
  seconds: number;
}): Promise<{ parts: RenditionPart[]; files: StepOutcome["files"]; decodeFaults: number }> => {
  const { context, command, sources, seconds } = input;
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  let publishedAt = Number.NEGATIVE_INFINITY;
  const wanted = () => (publishedAt === Number.NEGATIVE_INFINITY ? firstStretchSegments : Number.POSITIVE_INFINITY);
  const advance = async () => {
    for (const source of sources) await source.advance(wanted());
    if (performance.now() - publishedAt < publishEveryMs) return;
    await publishReady();
  };
  const publishReady = async () => {
    const atMost = wanted();
    for (const source of sources) {
      const stretch = await source.take(atMost);
      if (stretch === null) continue;
      await context.publish(stretch);
      publishedAt = performance.now();
    }
  };
  const publisher = oneAtATime(advance, (error) => stop.abort(error));
  try {
    const { decodeFaults } = await context.ffmpeg({
      ...{ command, scratchDir: context.scratchDir, durationSeconds: seconds, signal },
      onProgress: ({ outSeconds, speed }) => {
        // With copied times ffmpeg counts from its first report on, so this is a little late at most.
        const done = seconds > 0 ? (outSeconds ?? 0) / seconds : 0;
        context.report({ fraction: Math.min(1, done), speed });
        publisher.poke();
      },
    });
    await publisher.settled();
    context.report({ fraction: 1, speed: null });
    const stretches: Stretch[] = [];
    if (publishedAt === Number.NEGATIVE_INFINITY) await advance();
    for (const source of sources) {
      await source.advance(Number.POSITIVE_INFINITY);
      await source.finish();
    }
    if (publishedAt === Number.NEGATIVE_INFINITY) await publishReady();
    for (const source of sources) {
      const stretch = await source.take(Number.POSITIVE_INFINITY);
      if (stretch !== null) stretches.push(stretch);
    }
    return { parts: stretches.map(({ part }) => part), files: stretches.flatMap(({ files }) => files), decodeFaults };
  } finally {
    // A job that is under way must not read files that are about to go.
    await publisher.settled().catch((error: unknown) => stop.abort(error));
    for (const source of sources) await source.close();
  }
};
