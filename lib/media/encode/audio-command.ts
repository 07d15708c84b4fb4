import { fragmentOutput, secondsText, streamName } from "#lib/media/encode/segment-output.ts";
import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { AudioPlan, Plan } from "#lib/media/plan/plan.ts";
import { delayFilter } from "#lib/media/probe/stream-delay.ts";

/**
 * Centre and surrounds at -3 dB (ITU-R BS.775, as the resampler does by itself), all of it 3 dB down, and a limiter for what still adds up beyond full
 * scale: lowering everything until no sum could clip would make speech 8 dB too quiet.
 */
const downmixFilters = [
  "aformat=sample_fmts=fltp:channel_layouts=stereo",
  "volume=-3dB",
  "alimiter=limit=0.9:level=disabled:attack=1:release=50",
];

/** EBU R 128 in one pass: -16 LUFS, true peak -1.5 dB. It works at 192 kHz inside, hence the rate behind it. */
const loudnessFilters = ["loudnorm=I=-16:TP=-1.5:LRA=11", "aresample=48000"];

const encodeOptions = (track: AudioPlan): string[] => {
  const filters = [
    ...(track.delaySeconds === undefined ? [] : [`a${delayFilter(track.delaySeconds)}`]),
    // Fills gaps and a late start with silence, so that sound stays with the picture.
    "aresample=async=1:first_pts=0",
    ...(track.channels > 2 ? downmixFilters : []),
    ...(track.normalize ? loudnessFilters : []),
    ...(track.padSeconds > 0 ? [`apad=pad_dur=${secondsText(track.padSeconds)}`] : []),
  ];
  const channels = track.channels === 1 ? "1" : "2";
  return ["-af", filters.join(","), "-c:a", "aac", "-b:a", `${track.kbps}k`, "-ac", channels, "-ar", "48000"];
};

/**
 * One audio rendition from start to end, as one fragmented MP4 that our own code cuts into segments. The encoder's
 * priming lies before 0 and is dropped, so that 0 is the first sound.
 */
export const audioCommand = (input: { plan: Plan; track: AudioPlan; sourcePath: string }): FfmpegCommand => {
  const { plan, track } = input;
  // A packet that says it comes hours later would be preceded by hours of silence, all of it in memory: reading ends there.
  const bounded = ["-t", secondsText(plan.outputLimitSeconds)];
  return {
    // Half a packet, where a file broke off, ends playback in browsers; a decoder of ours would only complain.
    inputs: [
      {
        kind: "media",
        path: input.sourcePath,
        options: track.mode === "copy" ? ["-fflags", "+discardcorrupt"] : bounded,
      },
    ],
    filterGraph: null,
    outputs: [
      {
        name: `${track.rendition}/${streamName}`,
        options: [
          ...["-map", `0:${track.streamIndex}`, "-vn", ...onlyMapped],
          ...(track.mode === "encode" ? encodeOptions(track) : ["-c:a", "copy"]),
          ...["-bsf:a", "noise=drop='lt(pts,0)'", "-t", secondsText(plan.outputLimitSeconds)],
          ...fragmentOutput("audio"),
        ],
      },
    ],
  };
};
