import { createFfmpegRunner } from "#worker/ffmpeg.ts";

/** Encodes without end in the folder given, at most as confined as said, until it is killed: for the test of orphans. */
const [scratchDir, strongest] = process.argv.slice(2);
if (scratchDir === undefined) throw new Error("which folder?");
const level = strongest === "prlimit" || strongest === "none" ? strongest : "bwrap";
await createFfmpegRunner({ strongest: level }).ffmpeg({
  command: {
    inputs: [{ kind: "generated", source: "testsrc2=s=64x64:r=5", options: ["-re"] }],
    filterGraph: null,
    outputs: [{ name: "endless.mkv", options: ["-map", "0:v", "-c:v", "ffv1"] }],
  },
  scratchDir,
  durationSeconds: null,
  onProgress: () => process.stdout.write("moving\n"),
  signal: new AbortController().signal,
});
