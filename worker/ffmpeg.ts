import { type ChildProcess, spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { failureFromOutcome, MediaFailure, type ToolOutcome } from "#lib/media/failures.ts";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { ffmpegLogReader, isComplaint } from "#lib/media/ffmpeg-log.ts";
import { decodeFaultCounter } from "#lib/media/probe/decode-faults.ts";
import { textTail } from "#lib/media/text-tail.ts";
import {
  type ConfinementLevel,
  type ConfinementTools,
  confinedCommand,
  confinementAdvice,
  confinementLevels,
  findConfinementTools,
  findProgram,
  levelPossible,
} from "#worker/confinement.ts";
import { ffmpegArguments, ffprobeArguments, type RefusedStream, refusedStreamOf } from "#worker/ffmpeg-arguments.ts";
import { type FfmpegProgress, progressReader } from "#worker/ffmpeg-progress.ts";
import { type LimitSettings, limitSettings, probeLimits, runLimits } from "#worker/process-limits.ts";

/** One run of ffmpeg. */
export type FfmpegRun = {
  command: FfmpegCommand;
  /** The only folder it can write to; outputs are relative to it. */
  scratchDir: string;
  /** Length of the media, from which the wall-clock limit follows; null when unknown. */
  durationSeconds: number | null;
  /** Pixels of one frame of the source, from which memory and time follow; unknown: as for the largest allowed. */
  pixels?: number;
  /** How long it may go without progress; for commands that report only at their end. Else as configured. */
  stallMs?: number;
  onProgress?: (progress: FfmpegProgress) => void;
  signal: AbortSignal;
};

/**
 * Runs ffmpeg confined and waits until it is gone. Resolves with the number of frames and packets that could not be decoded
 * properly, and its last report. Throws `MediaFailure` for faults of the file, `AppError` (`no_space`, `unavailable`) for
 * those of the machine, and the signal's reason when aborted.
 */
export type RunFfmpeg = (run: FfmpegRun) => Promise<{ decodeFaults: number; progress: FfmpegProgress | null }>;

/**
 * Runs ffprobe confined and gives its JSON, and the indexes of streams whose decoder is not on the list. Throws like
 * `RunFfmpeg`.
 */
export type RunFfprobe = (run: {
  path: string;
  signal: AbortSignal;
}) => Promise<{ json: unknown; stderr: string; refusedStreams: readonly number[] }>;

/** The strongest confinement that works here, the ffmpeg found, and what a stronger one would take. */
export type Confinement = { level: ConfinementLevel; ffmpegPath: string; version: string; advice: string | null };

const stderrBytes = 64 * 1024;
const probeOutputBytes = 8 * 1024 * 1024;
/** A file with more streams that we cannot decode is hardly a film. */
const maxRefusedStreams = 16;

const kill = (child: ChildProcess) => {
  if (child.pid === undefined) return;
  try {
    // The whole group: a wrapper must not outlive its program, nor the other way round.
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Gone already is what we want.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};

type ProcessRun = {
  commandLine: [file: string, ...args: string[]];
  cwd: string;
  wallMs: number;
  /** Null: the wall-clock limit alone. */
  stallMs: number | null;
  /** Gets stdout; says whether this piece shows progress. */
  onOutput: (piece: string) => boolean;
  signal: AbortSignal;
};

type Ended = Pick<ToolOutcome, "ended" | "exitCode" | "signal" | "stderr"> & { decodeFaults: number };

/** Reads what is said on stderr: keeps the end of the complaints, and counts all that tell of damage, however many. */
const complaints = () => {
  const errors = textTail(stderrBytes);
  const faults = decodeFaultCounter();
  const reader = ffmpegLogReader((line) => {
    faults.add(line);
    if (isComplaint(line)) errors.add(`${line.text}\n`);
  });
  const read = () => {
    reader.end();
    return { stderr: errors.text(), decodeFaults: faults.count() };
  };
  return { add: reader.add, read };
};

/** Kills `child` when nothing moved for too long, when time is up, or when asked to. `stop` must follow its end. */
const watch = (child: ChildProcess, run: Pick<ProcessRun, "wallMs" | "stallMs" | "signal">) => {
  let ended: ToolOutcome["ended"] = "exit";
  let movedAt = performance.now();
  const startedAt = movedAt;
  const check = () => {
    const now = performance.now();
    if (now - startedAt > run.wallMs) ended = "overtime";
    else if (run.stallMs !== null && now - movedAt > run.stallMs) ended = "stalled";
    else return;
    kill(child);
  };
  const timer = setInterval(check, Math.min(1_000, run.wallMs / 4, (run.stallMs ?? run.wallMs) / 4));
  const abort = () => kill(child);
  run.signal.addEventListener("abort", abort);
  return {
    moved: () => {
      movedAt = performance.now();
    },
    ended: () => ended,
    stop: () => {
      clearInterval(timer);
      run.signal.removeEventListener("abort", abort);
    },
  };
};

/** Starts one process in a group of its own, without a shell and with an empty environment, and waits for its end. */
const runProcess = async (run: ProcessRun): Promise<Ended> => {
  run.signal.throwIfAborted();
  const [file, ...args] = run.commandLine;
  const child = spawn(file, args, {
    cwd: run.cwd,
    detached: true,
    env: Object.create(null),
    shell: false,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors = complaints();
  const guard = watch(child, run);
  try {
    // `close` comes when every holder of the pipes is gone, those inside a sandbox included.
    const end = await new Promise<{ exitCode: number | null; signal: string | null }>((done, fail) => {
      child.once("error", fail);
      child.once("close", (exitCode, signal) => done({ exitCode, signal }));
      child.stderr.setEncoding("utf8").on("data", errors.add);
      child.stdout.setEncoding("utf8").on("data", (piece: string) => {
        if (run.onOutput(piece)) guard.moved();
      });
    });
    run.signal.throwIfAborted();
    return { ...end, ended: guard.ended(), ...errors.read() };
  } finally {
    guard.stop();
  }
};

const assertSucceeded = (outcome: ToolOutcome): void => {
  const fault = failureFromOutcome(outcome);
  if (fault === null) return;
  if (fault instanceof MediaFailure) throw fault;
  throw new AppError(fault.machine === "no_space" ? "no_space" : "unavailable", {
    context: {
      tool: outcome.tool,
      exitCode: outcome.exitCode,
      signal: outcome.signal,
      stderr: outcome.stderr.slice(-500),
    },
  });
};

const pathsOf = (ffmpegPath: string | null | undefined) => {
  const ffmpeg = ffmpegPath ? resolve(ffmpegPath) : findProgram("ffmpeg");
  if (ffmpeg === null) throw new AppError("unavailable", { message: "ffmpeg was not found.", hint: "Install ffmpeg." });
  return { ffmpeg, ffprobe: `${dirname(ffmpeg)}/ffprobe` };
};

/** Runs `ffmpeg -version` at a level: proof that wrappers, namespaces and libraries work together. Null when not. */
const versionAt = async (level: ConfinementLevel, tools: ConfinementTools, program: string): Promise<string | null> => {
  const output = textTail(4096);
  try {
    const commandLine = confinedCommand({
      ...{ level, tools, limits: probeLimits(limitSettings()).process, program, args: ["-version"] },
      ...{ readPaths: [], scratchDir: null },
    });
    const { exitCode } = await runProcess({
      ...{ commandLine, cwd: "/", wallMs: 20_000, stallMs: null, signal: new AbortController().signal },
      onOutput: (piece) => {
        output.add(piece);
        return true;
      },
    });
    const version = /^ffmpeg version (\S+)/.exec(output.text())?.[1];
    return exitCode === 0 && version !== undefined ? version : null;
  } catch (error) {
    log().debug({ "event.action": "ffmpeg.level_refused", level, err: error }, "confinement level does not work");
    return null;
  }
};

/**
 * Finds the strongest confinement that works on this machine, by trying. Throws `unavailable` when ffmpeg cannot be
 * started at all.
 */
export const detectConfinement = async (
  options: { ffmpegPath?: string | null; strongest?: ConfinementLevel } = {},
): Promise<Confinement> => {
  const { ffmpeg } = pathsOf(options.ffmpegPath === undefined ? env().ffmpegPath : options.ffmpegPath);
  const tools = findConfinementTools();
  const from = confinementLevels.indexOf(options.strongest ?? "bwrap");
  for (const level of confinementLevels.slice(from)) {
    const version = levelPossible(level, tools) ? await versionAt(level, tools, ffmpeg) : null;
    if (version !== null) return { level, ffmpegPath: ffmpeg, version, advice: confinementAdvice({ level, tools }) };
  }
  throw new AppError("unavailable", { message: "ffmpeg could not be started.", context: { path: ffmpeg } });
};

type Runner = { confinement: () => Promise<Confinement>; tools: ConfinementTools; settings: () => LimitSettings };

const ffmpegRunner = ({ confinement, tools, settings }: Runner): RunFfmpeg => {
  return async ({ command, scratchDir, durationSeconds, pixels = null, stallMs = null, onProgress, signal }) => {
    const { level, ffmpegPath } = await confinement();
    const { source } = settings();
    const limits = runLimits({ settings: settings(), durationSeconds, pixels, stallMs });
    const readPaths = command.inputs.flatMap((input) =>
      input.kind === "media" || input.kind === "image" ? [input.path] : [],
    );
    const args = ffmpegArguments(command, source);
    const confined = { level, tools, limits: limits.process, program: ffmpegPath, args, readPaths, scratchDir };
    let progress: FfmpegProgress | null = null;
    let moved = false;
    const read = progressReader((report) => {
      moved ||= report.outSeconds !== progress?.outSeconds || report.frame !== progress?.frame;
      progress = report;
      onProgress?.(report);
    });
    const onOutput = (piece: string) => {
      moved = false;
      read(piece);
      return moved;
    };
    const commandLine = confinedCommand(confined);
    const end = await runProcess({ ...limits, commandLine, cwd: scratchDir, onOutput, signal });
    assertSucceeded({ tool: "ffmpeg", ...end });
    return { decodeFaults: end.decodeFaults, progress };
  };
};

const ffprobeRunner = ({ confinement, tools, settings }: Runner): RunFfprobe => {
  const once = async (run: { path: string; signal: AbortSignal; refused: readonly RefusedStream[] }) => {
    const { level, ffmpegPath } = await confinement();
    const limits = probeLimits(settings());
    const args = ffprobeArguments({ path: run.path, bounds: settings().source, refused: run.refused });
    const program = pathsOf(ffmpegPath).ffprobe;
    const confined = { level, tools, limits: limits.process, program, args, readPaths: [run.path], scratchDir: null };
    const output = textTail(probeOutputBytes);
    const onOutput = (piece: string) => {
      output.add(piece);
      return true;
    };
    const commandLine = confinedCommand(confined);
    const end = await runProcess({ ...limits, commandLine, cwd: "/", onOutput, signal: run.signal });
    return { ...end, output: output.text() };
  };
  return async ({ path, signal }) => {
    const refused: RefusedStream[] = [];
    for (;;) {
      const { output, ...end } = await once({ path, signal, refused });
      const next = end.exitCode === 1 && refused.length < maxRefusedStreams ? refusedStreamOf(end.stderr) : null;
      if (next === null || refused.some(({ index }) => index === next.index)) {
        assertSucceeded({ tool: "ffprobe", ...end });
        return { json: parseJson(output), stderr: end.stderr, refusedStreams: refused.map(({ index }) => index) };
      }
      refused.push(next);
    }
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MediaFailure("not_media", { detail: "ffprobe's answer is not JSON", cause: error });
  }
};

/**
 * The only place that starts ffmpeg. The strongest confinement is found at the first run and logged; `strongest` caps
 * it, and `limits` stand instead of the configured ones, for tests and measurements.
 */
export const createFfmpegRunner = (
  options: { ffmpegPath?: string | null; strongest?: ConfinementLevel; limits?: LimitSettings } = {},
): { ffmpeg: RunFfmpeg; ffprobe: RunFfprobe; confinement: () => Promise<Confinement> } => {
  let detected: Promise<Confinement> | undefined;
  const detect = async (): Promise<Confinement> => {
    try {
      const found = await detectConfinement(options);
      const { level, version, advice } = found;
      const fields = { "event.action": "ffmpeg.confinement", level, version, advice };
      if (level === "bwrap") log().info(fields, "ffmpeg found");
      else log().warn(fields, "ffmpeg found; it is confined less than it could be");
      return found;
    } catch (error) {
      // The next run looks again: ffmpeg may be installed by then.
      detected = undefined;
      throw error;
    }
  };
  const confinement = () => {
    detected ??= detect();
    return detected;
  };
  const settings = () => options.limits ?? limitSettings();
  const runner = { confinement, tools: findConfinementTools(), settings };
  return { ffmpeg: ffmpegRunner(runner), ffprobe: ffprobeRunner(runner), confinement };
};
