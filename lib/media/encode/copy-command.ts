import { secondsText } from "#lib/media/encode/segment-output.ts";
import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { Plan, StreamPicture } from "#lib/media/plan/plan.ts";

/** Name of the copy in scratch. */
export const copyName = "picture.nut";

/**
 * Copies the packets of the picture, undecoded, into a container with an index. NUT takes any codec and keeps times in
 * the source's own ticks; times count from the run's time 0, as those of a file that is read from its start.
 */
export const copyCommand = (input: { plan: Plan; picture: StreamPicture; sourcePath: string }): FfmpegCommand => ({
  inputs: [{ kind: "media", path: input.sourcePath, options: ["-fflags", "+genpts"] }],
  filterGraph: null,
  outputs: [
    {
      name: copyName,
      options: [
        ...["-map", `0:${input.picture.streamIndex}`, "-c:v", "copy", "-an", ...onlyMapped],
        ...["-output_ts_offset", secondsText(input.picture.delaySeconds ?? 0)],
        ...["-avoid_negative_ts", "disabled", "-t", secondsText(input.plan.outputLimitSeconds)],
        ...["-fflags", "+bitexact", "-f", "nut"],
      ],
    },
  ],
});
