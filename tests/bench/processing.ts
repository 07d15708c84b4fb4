import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audioCommand, encodeCommand } from "#lib/media/encode-command.ts";
import type { Plan } from "#lib/media/plan.ts";
import { processFile } from "#tests/media/process-file.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

const bar = 1.15;
const rounds = 3;
const clipSeconds = 20;
/** Of `/proc/self/stat`: the kernel's USER_HZ, 100 on every platform that Node supports. */
const ticksPerSecond = 100;

/** Processor seconds of all children that were waited for, theirs included (proc(5): cutime, cstime). */
const childSeconds = async (): Promise<number> => {
  const text = await readFile("/proc/self/stat", "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
};

const ffmpeg = (args: readonly string[], cwd: string) =>
  new Promise<void>((done, fail) => {
    const child = spawn("ffmpeg", ["-v", "error", "-nostdin", "-y", ...args], {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(`ffmpeg ended with ${code}`))));
  });

const makeClip = async (folder: string): Promise<string> => {
  const path = join(folder, "clip.mp4");
  const picture = `testsrc2=s=1920x1080:r=25:d=${clipSeconds},noise=alls=8:allf=t`;
  const sound = `aevalsrc=0.4*sin(440*2*PI*t)+0.1*random(0):s=48000:d=${clipSeconds}`;
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound];
  await ffmpeg(
    [...inputs, "-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-c:a", "aac", "-ac", "2", path],
    folder,
  );
  return path;
};

/** What somebody would type who wants the same renditions: one command, one decode, the same rungs, the same sound. */
const bareCommand = async (input: { plan: Plan; sourcePath: string; folder: string }): Promise<void> => {
  const { plan, sourcePath, folder } = input;
  const chunk = plan.chunks[0];
  if (chunk === undefined) throw new Error("a plan has a chunk");
  const video = encodeCommand({ plan, chunk, sourcePath, coverName: "" });
  const outputs = [
    ...video.outputs,
    ...plan.audio.flatMap((track) => audioCommand({ plan, track, sourcePath }).outputs),
  ];
  for (const { name } of outputs) await mkdir(join(folder, name ?? "", ".."), { recursive: true });
  const args = outputs.flatMap(({ name, options }) => [...options, name ?? ""]);
  await ffmpeg(["-i", sourcePath, "-filter_complex", video.filterGraph ?? "", ...args], folder);
};

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = await childSeconds();
  // Our own share counts too: reading, measuring, writing playlists.
  const own = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(own);
  return (await childSeconds()) - before + (user + system) / 1e6;
};

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Processor time of a whole run (probe, encode, audio, poster, finish) against one bare ffmpeg command. */
export const run = async () => {
  const root = await mkdtemp(join(tmpdir(), "kinora-bench-"));
  // bubblewrap does not wait for what it started, so the kernel would not count it; it adds a few milliseconds itself.
  const runner = createFfmpegRunner({ strongest: "prlimit" });
  try {
    const sourcePath = await makeClip(root);
    const pairs: { whole: number; bare: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const outDir = await mkdtemp(join(root, "whole-"));
      let plan: Plan | undefined;
      const whole = await secondsOf(async () => {
        plan = (await processFile({ sourcePath, outDir, runner })).plan;
      });
      const folder = await mkdtemp(join(root, "bare-"));
      const used = plan;
      if (used === undefined) throw new Error("no plan came out");
      const bare = await secondsOf(() => bareCommand({ plan: used, sourcePath, folder }));
      pairs.push({ whole, bare });
      await Promise.all([outDir, folder].map((path) => rm(path, { recursive: true })));
    }
    const ratio = median(pairs.map(({ whole, bare }) => whole / bare));
    const times = pairs.map(({ whole, bare }) => `${whole.toFixed(1)}/${bare.toFixed(1)} s`).join(", ");
    const what = `processor time of a whole run / one bare ffmpeg command (${clipSeconds} s of 1080p25, 4 rungs; ${times})`;
    return { rows: [{ what, value: ratio.toFixed(3), bar: `<= ${bar}`, ok: ratio <= bar }] };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

/** Name of this benchmark, as the runner lists it. */
export const name = "processing";
