import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { FrameScores } from "#lib/labels/rank-labels.ts";
import { textTail } from "#lib/media/text-tail.ts";
import {
  type ConfinementLevel,
  confinedCommand,
  findConfinementTools,
  type ProcessLimits,
} from "#worker/confinement.ts";

/**
 * What a look came to. `all`: every frame; `cut`: time or memory was used up, and `frames` are those before; `unavailable`: the
 * model does not start on this machine. `note` is the end of what was said on stderr.
 */
export type Look = { ended: "all" | "cut" | "unavailable"; frames: FrameScores[]; note: string };

/** Looks at raw frames (`frames-command.ts`) for so long. Throws the signal's reason when aborted. */
export type RunDetector = (input: {
  /** A file of frames; null to see whether the model starts at all. */
  framesPath: string | null;
  /** Milliseconds from the start of the program. */
  budgetMs: number;
  signal: AbortSignal;
}) => Promise<Look>;

const mebibyte = 1024 ** 2;
/** The model takes 180 MB; what the engine sets aside for machine code counts too. */
const usualMemoryBytes = 1024 * mebibyte;
/** Of it the JavaScript heap. */
const heapMegabytes = 256;
const stderrBytes = 16 * 1024;

const lineSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ seen: z.array(z.object({ kind: z.number().int(), score: z.number() })) }),
]);

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "worker/labels/detector.ts");
/** All that it reads: packages, itself, and what says that it is a module. */
const readPaths = [join(root, "node_modules"), join(root, "package.json"), program];

type Bounds = { budgetMs: number; memoryBytes: number };

const limitsOf = ({ budgetMs, memoryBytes }: Bounds): ProcessLimits => ({
  addressSpaceBytes: null,
  dataBytes: memoryBytes,
  // For when nobody is there to look at the clock.
  cpuSeconds: Math.ceil(budgetMs / 1000) + 10,
  fileSizeBytes: mebibyte,
  niceness: 19,
});

const commandLine = (level: ConfinementLevel, bounds: Bounds): [file: string, ...args: string[]] =>
  confinedCommand({
    ...{ level, tools: findConfinementTools(), limits: limitsOf(bounds), program: process.execPath },
    ...{ readPaths, scratchDir: null },
    args: [
      // Where there are no namespaces the engine itself keeps it from writing files and starting programs.
      ...["--permission", ...readPaths.map((path) => `--allow-fs-read=${path}`), "--no-warnings"],
      ...[`--max-old-space-size=${heapMegabytes}`, program],
    ],
  });

const kill = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Gone already is what we want.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};

/** What writing to a program that is gone ends with. */
const goneCodes = ["EPIPE", "ECONNRESET", "ECANCELED", "ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_DESTROYED"];

const isGone = (error: unknown): boolean =>
  error instanceof Error && "code" in error && goneCodes.some((code) => code === error.code);

/** Hands the frames over; a program that ended early takes no more of them, and how it ended is told by its exit code. */
const feed = async (stdin: Writable, framesPath: string | null): Promise<void> => {
  try {
    await pipeline(framesPath === null ? Readable.from([]) : createReadStream(framesPath), stdin);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
};

const run = async (child: ChildProcessWithoutNullStreams, framesPath: string | null) => {
  const said = textTail(stderrBytes);
  const frames: FrameScores[] = [];
  let ready = false;
  child.stderr.setEncoding("utf8").on("data", said.add);
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = lineSchema.safeParse(parsed(text));
    if (!line.success) return;
    if ("ready" in line.data) ready = true;
    else frames.push(line.data.seen);
  });
  const ended = new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  const [exitCode] = await Promise.all([ended, feed(child.stdin, framesPath)]);
  return { exitCode, ready, frames, note: said.text().slice(-500) };
};

/** A line that was cut off by a kill is none. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/**
 * The object model in a process of its own: confined as tightly as ffmpeg is, of the lowest priority, with a gigabyte of memory,
 * and killed when its time is up. `level` tells how tightly, once it is known; `memoryBytes` stands instead of the usual bound,
 * for tests.
 */
export const createDetector =
  ({
    level,
    memoryBytes = usualMemoryBytes,
  }: {
    level: () => Promise<ConfinementLevel>;
    memoryBytes?: number;
  }): RunDetector =>
  async ({ framesPath, budgetMs, signal }) => {
    const [file, ...args] = commandLine(await level(), { budgetMs, memoryBytes });
    signal.throwIfAborted();
    const child = spawn(file, args, {
      ...{ cwd: "/", detached: true, env: Object.create(null), shell: false, stdio: "pipe" },
    });
    let overtime = false;
    const abort = () => kill(child);
    const timer = setTimeout(() => {
      overtime = true;
      abort();
    }, budgetMs);
    signal.addEventListener("abort", abort);
    try {
      const { exitCode, ready, frames, note } = await run(child, framesPath);
      signal.throwIfAborted();
      if (exitCode === 0) return { ended: "all", frames, note };
      return { ended: ready || overtime ? "cut" : "unavailable", frames, note };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      kill(child);
    }
  };
