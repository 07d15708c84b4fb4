import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { framesCommand, framesName, type LookedAt } from "#lib/labels/frames-command.ts";
import { type LookOrder, type LookResult, lookAtVideo } from "#lib/labels/look-at-video.ts";
import { placeOfTags } from "#lib/labels/place-of-tags.ts";
import { rankLabels } from "#lib/labels/rank-labels.ts";
import { pickTiles, readTiles } from "#lib/labels/storyboard-frames.ts";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { posterKey, type RunRef, runPrefix, storyboardKey } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { RunFfmpeg, RunFfprobe } from "#worker/ffmpeg.ts";
import type { RunDetector } from "#worker/labels/run-detector.ts";
import { readStored } from "#worker/supervision/read-stored.ts";
import type { Room, Workspace } from "#worker/supervision/workspace.ts";
import { task } from "#worker/tasks/task.ts";

/** What looks at videos. */
export type LookTools = {
  store: ObjectStore;
  ffmpeg: RunFfmpeg;
  ffprobe: RunFfprobe;
  workspace: Workspace;
  detector: RunDetector;
};

type Scene = { tools: LookTools; room: Room; signal: AbortSignal };

/** Sheets of stills, and seventeen frames of 768 KiB. */
const scratchBytes = 64 * 1024 ** 2;
/** Tiles that are looked at, besides the poster: about six seconds of one core. */
const mostTiles = 16;

const isThere = async (store: ObjectStore, key: string) => (await store.head(key)) !== null;

/** A stored picture of ours, in scratch. */
const fetchPicture = async ({ tools, room, signal }: Scene, key: string, name: string): Promise<string> => {
  const path = join(room.scratchDir, name);
  await writeFile(path, await readStored({ store: tools.store, key, signal }));
  return path;
};

/**
 * The pictures that a run left: its poster, which is large, and tiles of its storyboard. Nothing of the original is decoded again,
 * and nothing that a stranger made comes near the model.
 */
const picturesOf = async (scene: Scene, run: RunRef): Promise<LookedAt[]> => {
  const { store } = scene.tools;
  const index = storyboardKey(run);
  // A file without a moving picture has a cover at most, which shows nothing of it.
  if (!(await isThere(store, index))) return [];
  const vtt = Buffer.from(await readStored({ store, key: index, signal: scene.signal })).toString("utf8");
  const tiles = pickTiles({ tiles: readTiles(vtt), most: mostTiles });
  const pictures: LookedAt[] = [];
  if (await isThere(store, posterKey(run))) {
    pictures.push({ path: await fetchPicture(scene, posterKey(run), "poster.jpg"), tiles: "whole" });
  }
  for (const sheet of new Set(tiles.map((tile) => tile.sheet))) {
    const path = await fetchPicture(scene, `${runPrefix(run)}${sheet}`, sheet);
    pictures.push({ path, tiles: tiles.filter((tile) => tile.sheet === sheet) });
  }
  return pictures;
};

const lookAtStills = async (scene: Scene, run: RunRef): Promise<LookResult["look"]> => {
  const startedAt = performance.now();
  const { tools, room, signal } = scene;
  const pictures = await picturesOf(scene, run);
  const took = () => Math.round(performance.now() - startedAt);
  if (pictures.length === 0) return { state: "done", frames: 0, tookMs: took(), labels: [] };
  const { scratchDir } = room;
  await tools.ffmpeg({ command: framesCommand(pictures), scratchDir, durationSeconds: 10, signal });
  const budgetMs = env().labelsSeconds * 1000;
  const { ended, frames, note } = await tools.detector({
    ...{ framesPath: join(scratchDir, framesName), budgetMs, signal },
  });
  const state = { all: "done", cut: "partial", unavailable: "unavailable" } as const;
  const facts = { "event.action": "labels.looked", videoId: run.videoId, ended, frames: frames.length, tookMs: took() };
  if (ended === "unavailable") log().warn({ ...facts, note }, "the object model does not start; see kinora doctor");
  else log().info(facts, "stills were looked at");
  return { state: state[ended], frames: frames.length, tookMs: took(), labels: rankLabels(frames) };
};

const probeSchema = z.object({
  format: z.object({ tags: z.record(z.string(), z.coerce.string()).optional() }).optional(),
});

const readPlace = async ({ tools, room, signal }: Scene): Promise<LookResult["place"]> => {
  const { json } = await tools.ffprobe({ path: await room.sourcePath(signal), signal });
  return placeOfTags(probeSchema.parse(json).format?.tags ?? {});
};

/** Faults of the file leave a video without suggestions; those of the machine are tried again by the queue. */
const orNothing = async <T>(find: () => Promise<T>): Promise<T | null> => {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof MediaFailure)) throw error;
    const facts = { code: error.code, detail: error.detail?.slice(-500) };
    log().info({ "event.action": "labels.refused", ...facts }, "nothing could be found out about a video");
    return null;
  }
};

/** Stills that cannot be read are looked at once, not again and again. */
const nothingSeen = { state: "done", frames: 0, tookMs: 0, labels: [] } as const;

const look = async (scene: Scene, order: LookOrder): Promise<LookResult> => ({
  look: order.stills ? ((await orNothing(() => lookAtStills(scene, order.run))) ?? nothingSeen) : null,
  place: order.placeKey === null ? null : await orNothing(() => readPlace(scene)),
});

/** Looks for tags to suggest: at a run's stills, and at what the file says of its place. A full scratch disk is a fault of the machine. */
export const lookAtVideoTask = (tools: LookTools) =>
  task("labels/look", async ({ videoId, runId }, { signal }) => {
    await lookAtVideo({
      ...{ videoId, runId },
      look: async (order) => {
        const wanted = { sourceKey: order.placeKey, folder: `look-${runId}`, bytes: scratchBytes };
        const room = await tools.workspace.enter(wanted);
        if (room === null) throw new AppError("unavailable", { message: "The scratch disk is full." });
        try {
          // What a killed worker left of the same look.
          await rm(room.scratchDir, { recursive: true, force: true });
          await mkdir(room.scratchDir, { recursive: true });
          return await look({ tools, room, signal }, order);
        } finally {
          await rm(room.scratchDir, { recursive: true, force: true });
          await room.leave();
        }
      },
    });
  });
