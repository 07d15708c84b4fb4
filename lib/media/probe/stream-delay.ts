import type { Probe } from "#lib/media/probe/probe.ts";

/**
 * Containers whose times may jump. Of these ffmpeg counts from the first time of the streams that are read, not of all
 * that the file has, so picture and sound that are read apart would both begin at 0.
 */
const jumping = /^(mpegts|mpeg|ogg)/;

/**
 * Seconds by which a stream begins after the file's time 0, to be given back to it when it is read alone; absent when
 * there is nothing to give back.
 */
export const streamDelay = (probe: Probe, stream: { startSeconds: number | null }): { delaySeconds?: number } => {
  if (!jumping.test(probe.container) || stream.startSeconds === null) return {};
  const delay = Math.round((stream.startSeconds - probe.startSeconds) * 1e6) / 1e6;
  return delay > 0 ? { delaySeconds: delay } : {};
};

/** The filter, without its leading letter for sound, that gives the time back. */
export const delayFilter = (delaySeconds: number): string => `setpts=PTS+round(${delaySeconds}/TB)`;
