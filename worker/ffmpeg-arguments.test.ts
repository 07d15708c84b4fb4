import { expect, test } from "vitest";
import { ffmpegArguments, ffprobeArguments } from "#worker/ffmpeg-arguments.ts";
import { progressReader } from "#worker/ffmpeg-progress.ts";

test("no run goes without its white lists, and nothing is split at a space", () => {
  const args = ffmpegArguments({
    inputs: [{ kind: "media", path: "/a folder/it's %d", options: ["-ss", "1"] }],
    filterGraph: "[0:0]fps=25,split=2[a][b]",
    outputs: [{ name: "x y.mp4", options: ["-map", "[a]", "-af", "one two"] }],
  });
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
  const args = ffprobeArguments("/original");
  expect(args).toContain("-protocol_whitelist");
  expect(args.at(-1)).toBe("file:/original");
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
