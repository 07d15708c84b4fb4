import { mkdir, open, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { AppError } from "#lib/errors.ts";
import {
  claimExport,
  completeExport,
  type ExportClaim,
  failExport,
  reportExport,
  roomForExport,
  waitToExport,
} from "#lib/exports/export-attempt.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";
import { id3Tag } from "#lib/media/encode/id3-tag.ts";
import { mp3Command } from "#lib/media/encode/mp3-command.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { outputLimit } from "#lib/media/plan/output-limit.ts";
import { assertProcessable, type Probe, parseProbe } from "#lib/media/probe/probe.ts";
import { exportPrefix } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { RunFfmpeg, RunFfprobe } from "#worker/ffmpeg.ts";
import { limitSettings } from "#worker/process-limits.ts";
import type { Room, Workspace } from "#worker/supervision/workspace.ts";

/** What makes exports. */
export type ExportMachine = {
  workerId: string;
  store: ObjectStore;
  ffmpeg: RunFfmpeg;
  ffprobe: RunFfprobe;
  workspace: Workspace;
  /** Least time between two progress writes. */
  progressMs: number;
};

type Scene = {
  machine: ExportMachine;
  claim: ExportClaim;
  room: Room;
  signal: AbortSignal;
  lost: AbortController;
};

const maxAttempts = 3;
/** Attempts that end without a word count too: a file that kills its worker each time fails visibly in the end. */
const maxSilentAttempts = 5;
const largestCoverBytes = 4 * 1024 * 1024;
const soundName = "sound.mp3";

/** Writes progress now and then, and notices that the export was taken away or cancelled. */
const progressOf = ({ machine, claim, lost }: Scene, durationSeconds: number | null) => {
  let writtenAt = 0;
  let writing = Promise.resolve();
  const write = async (fraction: number) => {
    if (!(await reportExport(claim, fraction)))
      lost.abort(new AppError("conflict", { message: "The export is gone." }));
  };
  return {
    report: (outSeconds: number | null) => {
      const now = performance.now();
      if (durationSeconds === null || durationSeconds <= 0 || now - writtenAt < machine.progressMs) return;
      writtenAt = now;
      const fraction = Math.min(0.99, (outSeconds ?? 0) / durationSeconds);
      writing = writing
        .then(() => write(fraction))
        .catch((error: unknown) => {
          log().warn({ "event.action": "export.progress_failed", err: error }, "progress could not be written");
        });
    },
    settle: () => writing,
  };
};

/** The video's length as played, which leaves out an encoder's padding; else bounded as a run's output is. */
const lengthLimit = ({ facts }: ExportClaim, durationSeconds: number | null): number => {
  const { maxDurationSeconds } = limitSettings().source;
  if (facts.durationMs !== null) return Math.min(maxDurationSeconds, facts.durationMs / 1000);
  return outputLimit({ durationSeconds: durationSeconds ?? 0, maxDurationSeconds });
};

/** What a run would refuse is refused here too: the limits may have changed since. */
const probeSource = async ({ machine, signal }: Scene, path: string): Promise<Probe> => {
  const { size } = await stat(path);
  const { json, refusedStreams } = await machine.ffprobe({ path, signal });
  const probe = parseProbe(json, refusedStreams);
  assertProcessable({ probe, limits: limitSettings().source, sizeBytes: size, soundOnly: true });
  return probe;
};

const makeSound = async (scene: Scene): Promise<number> => {
  const { machine, claim, room, signal } = scene;
  const path = await room.sourcePath(signal);
  const probe = await probeSource(scene, path);
  const stream = probe.audio[claim.options.track];
  if (stream === undefined) throw new MediaFailure("no_streams", { detail: `no sound track ${claim.options.track}` });
  const { durationSeconds } = probe;
  const progress = progressOf(scene, durationSeconds);
  const { bitrate, normalize } = claim.options;
  const limitSeconds = lengthLimit(claim, durationSeconds);
  await machine.ffmpeg({
    command: mp3Command({ sourcePath: path, stream, bitrate, normalize, limitSeconds, name: soundName }),
    ...{ scratchDir: room.scratchDir, durationSeconds, signal },
    onProgress: ({ outSeconds }) => progress.report(outSeconds),
  });
  await progress.settle();
  return durationSeconds ?? 0;
};

/** The poster, our own re-encoded JPEG; a video without one gives a file without a picture. */
const coverOf = async ({ machine, claim, signal }: Scene): Promise<Uint8Array | null> => {
  const key = claim.facts.posterKey;
  const info = key === null ? null : await machine.store.head(key);
  if (key === null || info === null || info.sizeBytes > largestCoverBytes) return null;
  return buffer(await machine.store.read({ key, signal }));
};

/** Puts the tag before the sound: appending the sound to the tag's file copies it once, whatever its size. */
const withTag = async (scene: Scene, durationSeconds: number): Promise<string> => {
  const { claim, room } = scene;
  const { scratchDir } = room;
  const { facts } = claim;
  const tag = id3Tag({
    title: facts.title,
    artist: facts.channelName,
    date: facts.publishedAt ?? facts.createdAt,
    cover: await coverOf(scene),
    chapters: heldChapters({ ...facts, rows: facts.chapterRows }).items,
    durationMs: facts.durationMs ?? Math.round(durationSeconds * 1000),
  });
  const path = join(scratchDir, "tagged.mp3");
  const sound = join(scratchDir, soundName);
  if ((await stat(sound)).size === 0) throw new MediaFailure("corrupt", { detail: "no sound could be decoded" });
  await writeFile(path, tag);
  const target = await open(path, "a");
  try {
    const source = await open(sound, "r");
    for await (const piece of source.createReadStream()) await target.write(piece as Buffer);
    await target.sync();
  } finally {
    await target.close();
  }
  return path;
};

const settle = async (scene: Pick<Scene, "claim" | "lost">, outer: AbortSignal, error: unknown): Promise<void> => {
  const { claim, lost } = scene;
  if (lost.signal.aborted) return;
  if (error instanceof MediaFailure) return failExport(claim, { code: error.code, detail: error.detail });
  // A stopping worker's job ends in an error and is tried again elsewhere.
  if (outer.aborted || claim.attempts < maxAttempts) throw error;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
  await failExport(claim, { code: "processing_failed", detail });
  log().error({ "event.action": "export.failed", exportId: claim.exportId, err: error }, "an export failed for good");
};

const perform = async (scene: Scene, outer: AbortSignal): Promise<void> => {
  const { machine, claim, room } = scene;
  try {
    await machine.store.removePrefix(exportPrefix(claim));
    await mkdir(room.scratchDir, { recursive: true });
    const seconds = await makeSound(scene);
    const path = await withTag(scene, seconds);
    await completeExport({ claim, path, store: machine.store });
  } catch (error) {
    await settle(scene, outer, error);
  } finally {
    await rm(room.scratchDir, { recursive: true, force: true });
  }
};

/**
 * Makes one sound file: room on the scratch disk, claim, ffmpeg in a scratch folder of its own, tag, result. Ends quietly
 * when there is no room yet (the export comes again), and when the export has ended or was cancelled meanwhile; a fault of
 * the file is recorded. Throws for a fault of the machine, to be tried again.
 */
export const performExport = async (input: {
  machine: ExportMachine;
  exportId: string;
  signal: AbortSignal;
}): Promise<void> => {
  const { machine, exportId } = input;
  const { workspace, workerId } = machine;
  const attemptId = newId();
  const need = await roomForExport(exportId);
  if (need === null) return;
  const room = await workspace.enter({ ...need, folder: attemptId }).catch(async (error: unknown) => {
    // A disk or a storage that cannot be asked counts as an attempt, else it would be tried for ever.
    const claim = await claimExport({ exportId, workerId, attemptId });
    if (claim !== null) await settle({ claim, lost: new AbortController() }, input.signal, error);
    return "settled" as const;
  });
  if (room === "settled") return;
  if (room === null) return waitToExport({ exportId, retryMs: workspace.retryMs });
  try {
    const claim = await claimExport({ exportId, workerId, attemptId });
    if (claim === null) return;
    if (claim.attempts > maxSilentAttempts) {
      const detail = `ended ${maxSilentAttempts} times without a word`;
      return await failExport(claim, { code: "processing_failed", detail });
    }
    const lost = new AbortController();
    const signal = AbortSignal.any([input.signal, lost.signal]);
    await perform({ machine, claim, room, lost, signal }, input.signal);
  } finally {
    await room.leave();
  }
};
