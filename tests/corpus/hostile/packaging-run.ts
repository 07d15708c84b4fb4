import { AppError } from "#lib/errors.ts";
import { type Probe, parseProbe } from "#lib/media/probe/probe.ts";
import { packageSegment, readSourceRung } from "#lib/packaging/index.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

/** How the reader and the writer of the source's own rung took a file. */
export type PackagingTrial = {
  /** `refused`, `rung`, `segments` (all that were asked for came), `fault` (a segment was refused). */
  outcome: "refused" | "segments" | "fault";
  detail: string;
  seconds: number;
  segmentBytes: number;
};

const signal = () => AbortSignal.timeout(60_000);

/** What ffprobe says of a file. Throws what the runner throws. */
export const probeOf = async (path: string): Promise<Probe> => {
  const { json, refusedStreams } = await createFfmpegRunner().ffprobe({ path, signal: signal() });
  return parseProbe(json, refusedStreams);
};

/**
 * Gives a file to the container reader as the web process and the probe step do, and asks for the first, the middle and
 * the last segment of what it promises. `probe` may be a better file's: then nothing but the reader stands in the way.
 */
export const packageAll = async (input: { path: string; probe: Probe }): Promise<PackagingTrial> => {
  const source = { path: input.path };
  const startedAt = performance.now();
  const took = () => (performance.now() - startedAt) / 1000;
  const answer = await readSourceRung({ source, probe: input.probe, targetSeconds: 4, signal: signal() });
  if ("refused" in answer) return { outcome: "refused", detail: answer.refused, seconds: took(), segmentBytes: 0 };
  const { rung } = answer;
  let segmentBytes = 0;
  try {
    for (const track of [rung.video, ...rung.audio]) {
      const last = track.starts.length - 1;
      for (const index of new Set(["init" as const, 0, Math.floor(last / 2), last])) {
        const bytes = await packageSegment({ source, rung, rendition: track.rendition, index, signal: signal() });
        segmentBytes = Math.max(segmentBytes, bytes.byteLength);
      }
    }
    return { outcome: "segments", detail: "", seconds: took(), segmentBytes };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      outcome: "fault",
      detail: `${error.code} ${String(error.context?.["packaging"])}`,
      seconds: took(),
      segmentBytes,
    };
  }
};
