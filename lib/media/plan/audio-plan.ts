import type { AudioPlan, PlanSettings } from "#lib/media/plan/plan.ts";
import type { Wishes } from "#lib/media/plan/wishes.ts";
import type { AudioStream, Probe, VideoStream } from "#lib/media/probe/probe.ts";
import { streamDelay } from "#lib/media/probe/stream-delay.ts";
import { missingSeconds, streamEnd } from "#lib/media/probe/stream-length.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";

/** Containers that hold AAC the way fMP4 wants it, with exact times. */
const copyableContainer = /mov|matroska/;

/** Whether a track's packets can be taken as they are: AAC-LC, at most stereo, usual rate, moderate bits, no gap before. */
const isCopyable = (input: { probe: Probe; stream: AudioStream }): boolean => {
  const { probe, stream } = input;
  return (
    stream.codec === "aac" &&
    stream.profile === "LC" &&
    (stream.channels === 1 || stream.channels === 2) &&
    (stream.sampleRate === 44_100 || stream.sampleRate === 48_000) &&
    stream.bitRate !== null &&
    stream.bitRate <= 200_000 &&
    copyableContainer.test(probe.container) &&
    Math.abs((stream.startSeconds ?? 0) - probe.startSeconds) < 0.03
  );
};

/** Samples in a packet of AAC-LC. */
const packetSamples = 1024;
/** A pause shorter than this is not heard, nor noticed by players. */
const longestPauseSeconds = 0.1;

/** Whether as many packets are there as the track's length takes: fewer leave a pause, which only an encoder fills. */
const isWhole = ({ packetCount, durationSeconds, sampleRate }: AudioStream): boolean =>
  packetCount !== null &&
  durationSeconds !== null &&
  (packetCount * packetSamples) / sampleRate > durationSeconds - longestPauseSeconds;

/** Packaged sound may end this much before the picture: players have both ends in their buffers by then. */
const packagedTailSeconds = 2;

type AudioInput = {
  probe: Probe;
  /** Null when there is no picture, or none is wanted. */
  video: VideoStream | null;
  settings: PlanSettings;
  wishes: Wishes;
  source: Pick<SourceRung, "audio"> | null;
  /** What the container reader found, used or not: it has looked at every packet's time. Null when it refused. */
  found: Pick<SourceRung, "audio"> | null;
};

const modeOf = (input: AudioInput & { stream: AudioStream; rendition: string; missing: number }): AudioPlan["mode"] => {
  const { probe, stream, source, missing } = input;
  if (input.wishes.normalizeLoudness) return "encode";
  const isAmong = (rung: AudioInput["source"]) => rung?.audio.some((track) => track.rendition === input.rendition);
  if (isAmong(source) && missing <= packagedTailSeconds) return "package";
  // Sound that the reader refused has gaps, or begins or ends elsewhere: only an encoder fills them with silence. Where it
  // refused the whole file, the container's own count tells.
  const isSteady = isAmong(input.found) ?? isWhole(stream);
  return missing === 0 && isSteady && isCopyable({ probe, stream }) ? "copy" : "encode";
};

/**
 * One audio rendition per track, up to the instance's limit. Packaged where the container reader offers the track under
 * the rendition's name, copied where it fits, else encoded; silence is added where the picture lasts longer.
 */
export const audioPlans = (input: AudioInput): AudioPlan[] => {
  const { probe, video, settings, wishes } = input;
  const tracks = probe.audio.slice(0, settings.maxAudioTracks);
  const preferred = tracks.find((track) => track.isDefault) ?? tracks[0];
  const longest = Math.max(0, ...[...tracks, ...(video === null ? [] : [video])].map((s) => streamEnd(probe, s)));
  return tracks.map((stream, ordinal) => {
    const rendition = `audio-${ordinal}`;
    const missing = stream.durationSeconds === null ? 0 : missingSeconds(longest, streamEnd(probe, stream));
    const mode = modeOf({ ...input, stream, rendition, missing });
    return {
      ...{ ordinal, rendition, streamIndex: stream.index, mode, kbps: settings.audioKbps },
      ...{ language: stream.language, title: stream.title, isDefault: stream === preferred },
      padSeconds: mode === "encode" ? missing : 0,
      normalize: wishes.normalizeLoudness,
      channels: stream.channels,
      ...(mode === "encode" ? streamDelay(probe, stream) : {}),
    };
  });
};
