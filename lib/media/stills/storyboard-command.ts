import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import { sheetColumns, sheetRows } from "#lib/media/stills/storyboard-plan.ts";

/** Names in scratch; ffmpeg numbers the sheets through `%d`, from 0. */
export const storyboardNames = { keyFrames: "key-frames.mp4", sheets: "sheet-%d.jpg" } as const;

/** Path in scratch of a sheet. */
export const storyboardSheetFile = (index: number): string => storyboardNames.sheets.replace("%d", String(index));

/** Scales a file of key frames down and puts them on sheets; the last sheet may be part empty. */
export const storyboardCommand = (input: {
  keyFramesPath: string;
  size: { width: number; height: number };
}): FfmpegCommand => {
  const { keyFramesPath, size } = input;
  const scale = `scale=${size.width}:${size.height}:flags=area,setsar=1,format=yuv420p`;
  return {
    inputs: [{ kind: "media", path: keyFramesPath, options: ["-threads", "1"] }],
    filterGraph: `[0:v:0]${scale},tile=${sheetColumns}x${sheetRows}[sheets]`,
    outputs: [
      {
        name: storyboardNames.sheets,
        options: [
          ...["-map", "[sheets]", "-an", ...onlyMapped, "-fps_mode", "passthrough", "-fflags", "+bitexact"],
          ...["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "5", "-start_number", "0", "-f", "image2"],
        ],
      },
    ],
  };
};
