import { spawn } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { failureFromOutcome, MediaFailure } from "#lib/media/failures.ts";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { processFile } from "#tests/media/process-file.ts";
import { processesWith } from "#tests/media/processes-with.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { confinedCommand, findConfinementTools, findProgram, type ProcessLimits } from "#worker/confinement.ts";
import { createFfmpegRunner, detectConfinement } from "#worker/ffmpeg.ts";
import { type LimitSettings, limitSettings } from "#worker/process-limits.ts";

let folder: string;
const never = new AbortController().signal;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-limits-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const endless = (source: string, ...coder: string[]): FfmpegCommand => ({
  inputs: [{ kind: "generated", source, options: ["-threads", "1"] }],
  filterGraph: null,
  outputs: [{ name: "endless.mkv", options: ["-map", "0:v", "-c:v", ...coder] }],
});

const ended = async (command: FfmpegCommand, changes: Partial<LimitSettings>) => {
  const scratchDir = await mkdtemp(join(folder, "scratch-"));
  const { ffmpeg } = createFfmpegRunner({ limits: { ...limitSettings(), ...changes } });
  const end = await ffmpeg({ command, scratchDir, durationSeconds: 0, pixels: 1, signal: never }).catch(
    (error: unknown) => error,
  );
  expect(await processesWith(scratchDir)).toEqual([]);
  return end;
};

test("the wall clock ends a run that goes on and on", async () => {
  const end = await ended(endless("testsrc2=s=64x64:r=5", "ffv1"), { timeFactor: 0.002 });
  expect(end).toMatchObject({ code: "timeout", retryable: true });
  expect(end instanceof MediaFailure ? end.detail : "").toMatch(/^overtime/);
});

test("memory ends a run that wants too much of it, without a fault of the machine", async () => {
  const large = endless("testsrc2=s=6000x6000:r=5", "ffv1");
  expect(await ended(large, { memoryBytes: 400 * 1024 ** 2 })).toMatchObject({ code: "processing_failed" });
  // With memory enough the very same command goes on until the clock ends it.
  expect(await ended(large, { timeFactor: 0.005 })).toMatchObject({ code: "timeout" });
});

/** Starts ffmpeg as the runner does, with limits of the kernel's that the runner would set wider. */
const underKernelLimits = async (changes: Partial<ProcessLimits>) => {
  const scratchDir = await mkdtemp(join(folder, "kernel-"));
  const { level } = await detectConfinement();
  const limits = {
    addressSpaceBytes: 4 * 1024 ** 3,
    cpuSeconds: 600,
    fileSizeBytes: 1024 ** 3,
    niceness: 0,
    ...changes,
  };
  const args = ["-nostdin", "-y", "-loglevel", "warning", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"];
  const [file, ...rest] = confinedCommand({
    ...{ level, tools: findConfinementTools(), limits, program: findProgram("ffmpeg") ?? "ffmpeg" },
    ...{ args: [...args, "-c:v", "ffv1", "out.mkv"], readPaths: [], scratchDir },
  });
  const child = spawn(file, rest, { cwd: scratchDir, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    stderr += piece;
  });
  const [exitCode, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.once("close", (code, by) => done([code, by])),
  );
  return { scratchDir, fault: failureFromOutcome({ tool: "ffmpeg", ended: "exit", exitCode, signal, stderr }) };
};

test("the kernel ends a run that used up its processor time, even when nobody watches it", async () => {
  const { fault, scratchDir } = await underKernelLimits({ cpuSeconds: 1 });
  // ffmpeg takes the kernel's warning for a polite request to end, so this reads as a kill from outside.
  expect(fault).toEqual({ machine: "killed" });
  expect(await processesWith(scratchDir)).toEqual([]);
});

test("a file that grows beyond its limit ends the run", async () => {
  const { fault, scratchDir } = await underKernelLimits({ fileSizeBytes: 300_000 });
  expect(fault).toMatchObject({ code: "timeout" });
  expect((await stat(join(scratchDir, "out.mkv"))).size).toBeLessThanOrEqual(300_000);
});

test("length, frame size and number of tracks are refused by the configured limits", async () => {
  const sourcePath = join(folder, "clip.mkv");
  const maps = ["-map", "0:v", "-map", "1:a", "-map", "1:a"];
  await runTool("ffmpeg", [...lavfi("testsrc2=s=160x90:r=25:d=3"), ...lavfi("sine=d=3"), ...maps, sourcePath]);
  const refusal = async (variables: Record<string, string>) => {
    overrideEnv(variables);
    try {
      return await processFile({ sourcePath, outDir: await mkdtemp(join(folder, "out-")) }).then(
        () => "ready",
        (error: unknown) => (error instanceof MediaFailure ? error.code : error),
      );
    } finally {
      overrideEnv(Object.fromEntries(Object.keys(variables).map((name) => [name, undefined])));
    }
  };
  expect(await refusal({ MAX_DURATION_SECONDS: "2" })).toBe("too_long");
  expect(await refusal({ MAX_PIXELS: "10000" })).toBe("too_large_frame");
  expect(await refusal({ MAX_STREAMS: "2" })).toBe("too_many_streams");
});
