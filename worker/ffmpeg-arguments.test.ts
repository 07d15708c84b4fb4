import { expect, test } from "vitest";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { ffmpegArguments, ffprobeArguments, refusedStreamOf } from "#worker/ffmpeg-arguments.ts";
import { progressReader } from "#worker/ffmpeg-progress.ts";

const bounds = { maxPixels: 36_000_000, maxStreams: 100 };

test("no run goes without its white lists, and nothing is split at a space", () => {
  const command: FfmpegCommand = {
    inputs: [{ kind: "media", path: "/a folder/it's %d", options: ["-ss", "1"] }],
    filterGraph: "[0:0]fps=25,split=2[a][b]",
    outputs: [{ name: "x y.mp4", options: ["-map", "[a]", "-af", "one two"] }],
  };
  const args = ffmpegArguments(command, bounds);
  const input = args.indexOf("-i");
  expect(args[input + 1]).toBe("file:/a folder/it's %d");
  for (const option of [
    "-protocol_whitelist",
    "-format_whitelist",
    "-codec_whitelist",
    "-max_pixels",
    "-max_streams",
  ]) {
    expect(args.indexOf(option)).toBeGreaterThan(0);
    expect(args.indexOf(option)).toBeLessThan(input);
  }
  expect(args[args.indexOf("-protocol_whitelist") + 1]).toBe("file");
  expect(args[args.indexOf("-format_whitelist") + 1]).not.toMatch(/hls|concat|dash|sdp|image2|pipe/);
  expect(args.slice(-4)).toEqual(["[a]", "-af", "one two", "file:x y.mp4"]);
  expect(args).toContain("-nostdin");
});

test("ffprobe gets the same lists", () => {
  const args = ffprobeArguments({ path: "/original", bounds });
  expect(args).toContain("-protocol_whitelist");
  expect(args.at(-1)).toBe("file:/original");
});

test("a stream whose decoder is not on the list is found, and let through alone", () => {
  const stderr =
    "[tta @ 0x1] Codec (tta) not on whitelist 'h264,flac'\nCould not open codec for input stream 3\nanything after it";
  expect(refusedStreamOf(stderr)).toEqual({ index: 3, decoder: "tta" });
  expect(refusedStreamOf("Invalid data found when processing input")).toBeNull();
  const args = ffprobeArguments({ path: "/original", bounds, refused: [{ index: 3, decoder: "tta" }] });
  expect(args[args.indexOf("-codec_whitelist:3") + 1]).toBe("tta");
});

test("progress is read across pieces, and nonsense is passed over", () => {
  const seen: unknown[] = [];
  const read = progressReader((progress) => seen.push(progress));
  for (const piece of [
    "frame=10\nout_time",
    "_us=1500000\nspeed=2.5x\n???\nprogress=con",
    "tinue\nspeed=N/A\nprogress=end\n",
  ])
    read(piece);
  expect(seen).toEqual([
    { frame: 10, outSeconds: 1.5, speed: 2.5, totalBytes: null },
    { frame: null, outSeconds: null, speed: null, totalBytes: null },
  ]);
});
