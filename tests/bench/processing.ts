import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audioCommand } from "#lib/media/encode/audio-command.ts";
import { encodeCommand } from "#lib/media/encode/encode-command.ts";
import { makePlan } from "#lib/media/plan/make-plan.ts";
import { defaultPlanSettings, type Plan, type PlanSettings } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { processFile } from "#tests/media/process-file.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

const bars = { encoded: 1.1, kept: 0.55, perMinute: 1.1 };
const rounds = 3;
const clipSeconds = 60;
const longSeconds = 1_200;

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

type Shape = { size: string; seconds: number; kbps: number };

const makeClip = async (folder: string, { size, seconds, kbps }: Shape): Promise<string> => {
  const path = join(folder, `clip-${size}-${seconds}.mp4`);
  const picture = `testsrc2=s=${size}:r=25:d=${seconds},noise=alls=8:allf=t`;
  const sound = `aevalsrc=0.4*sin(440*2*PI*t)+0.1*random(0):s=48000:d=${seconds}`;
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound];
  const codecs = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", `${kbps}k`, "-g", "100", "-c:a", "aac", "-ac", "2"];
  await ffmpeg([...inputs, ...codecs, path], folder);
  return path;
};

const never = new AbortController().signal;

/** What of this file would be encoded without any of our lanes: every rung, at a constant rate, in one piece. */
const barePlan = async (runner: Runner, sourcePath: string): Promise<Plan> => {
  const { json } = await runner.ffprobe({ path: sourcePath, signal: never });
  return makePlan({ probe: parseProbe(json), settings: defaultPlanSettings, wishes: noWishes, source: null });
};

type Runner = ReturnType<typeof createFfmpegRunner>;

/** What somebody would type who wants the same renditions: one command, one decode, the same rungs, the same sound. */
const bareCommand = async (input: { plan: Plan; sourcePath: string; folder: string }): Promise<void> => {
  const { plan, sourcePath, folder } = input;
  const chunk = { ordinal: 0, firstSegment: 0, segmentCount: null };
  const video = encodeCommand({ plan, chunk, rungs: plan.rungs, sourcePath, coverName: "", overlay: null });
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

type Bench = { root: string; runner: Runner };

/** Processor seconds of a whole run: probe, lanes, sound, stills, finish. */
const wholeRun = async ({ root, runner }: Bench, sourcePath: string, settings: PlanSettings): Promise<number> => {
  const outDir = await mkdtemp(join(root, "whole-"));
  const seconds = await secondsOf(() => processFile({ sourcePath, outDir, runner, settings }));
  await rm(outDir, { recursive: true });
  return seconds;
};

const bareRun = async ({ root, runner }: Bench, sourcePath: string): Promise<number> => {
  const plan = await barePlan(runner, sourcePath);
  const folder = await mkdtemp(join(root, "bare-"));
  const seconds = await secondsOf(() => bareCommand({ plan, sourcePath, folder }));
  await rm(folder, { recursive: true });
  return seconds;
};

const encodedSettings: PlanSettings = { ...defaultPlanSettings, keepSource: false };

const row = (what: string, value: number, bar: number) => ({
  ...{ what, value: value.toFixed(3), bar: `<= ${bar}`, ok: value <= bar },
});

const ladderRows = async (bench: Bench) => {
  const sourcePath = await makeClip(bench.root, { size: "1920x1080", seconds: clipSeconds, kbps: 8_000 });
  const times: { encoded: number; kept: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push({
      encoded: await wholeRun(bench, sourcePath, encodedSettings),
      kept: await wholeRun(bench, sourcePath, defaultPlanSettings),
      bare: await bareRun(bench, sourcePath),
    });
  }
  const told = times.map(({ encoded, kept, bare }) => [encoded, kept, bare].map((s) => s.toFixed(1)).join("/"));
  const what = `processor time of a whole run / one bare ffmpeg command (${clipSeconds} s of 1080p25, 4 rungs; encoded/kept/bare: ${told.join(", ")} s)`;
  const ratio = (kind: "encoded" | "kept") => median(times.map((time) => time[kind] / time.bare));
  return [
    row(`${what}, top rung encoded`, ratio("encoded"), bars.encoded),
    row("the same with the source kept as top rung", ratio("kept"), bars.kept),
  ];
};

const lengthRow = async (bench: Bench) => {
  const perMinute: number[] = [];
  for (const seconds of [clipSeconds, longSeconds]) {
    const sourcePath = await makeClip(bench.root, { size: "854x480", seconds, kbps: 1_500 });
    perMinute.push(((await wholeRun(bench, sourcePath, encodedSettings)) * 60) / seconds);
    await rm(sourcePath);
  }
  const [short = Number.NaN, long = Number.NaN] = perMinute;
  const what = `processor time per minute of 20 min / of 60 s (480p25, 2 rungs; ${long.toFixed(1)}/${short.toFixed(1)} s)`;
  return row(what, long / short, bars.perMinute);
};

/** Processor time of whole runs against one bare ffmpeg command, and of long videos against short ones. */
export const run = async () => {
  const root = await mkdtemp(join(tmpdir(), "kinora-bench-"));
  // bubblewrap does not wait for what it started, so the kernel would not count it; it adds a few milliseconds itself.
  const runner = createFfmpegRunner({ strongest: "prlimit" });
  try {
    return { rows: [...(await ladderRows({ root, runner })), await lengthRow({ root, runner })] };
  } finally {
    await closePackaging();
    await rm(root, { recursive: true, force: true });
  }
};

/** Name of this benchmark, as the runner lists it. */
export const name = "processing";
