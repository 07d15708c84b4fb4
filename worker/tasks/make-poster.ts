import { mkdir, rm, stat } from "node:fs/promises";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { exactFrameCommand } from "#lib/media/stills/poster-command.ts";
import { posterImageCommand } from "#lib/media/stills/poster-image-command.ts";
import { type MadePoster, makePoster, type PosterOrder } from "#lib/videos/make-poster.ts";
import type { RunFfmpeg } from "#worker/ffmpeg.ts";
import { markStill } from "#worker/steps/mark-still.ts";
import { readStill, type StillPicture, stillNames } from "#worker/steps/still-picture.ts";
import { makeThumbnails } from "#worker/steps/thumbnails.ts";
import type { Room, Workspace } from "#worker/supervision/workspace.ts";
import { task } from "#worker/tasks/task.ts";

/** What makes posters. */
export type PosterTools = { ffmpeg: RunFfmpeg; workspace: Workspace };

type Scene = { tools: PosterTools; scratchDir: string; signal: AbortSignal };

/** A few stills of a poster's size, and their raw pixels. */
const scratchBytes = 64 * 1024 ** 2;

/** Where a frame is looked for, in turn: a recording of a screen may show one for long, a file may begin with sound. */
const looks = [
  { pick: "last", windowSeconds: 1 },
  { pick: "last", windowSeconds: 12 },
  { pick: "first", windowSeconds: 12 },
] as const;

const placeOf = ({ tools, scratchDir, signal }: Scene) => ({ ffmpeg: tools.ffmpeg, scratchDir, signal });

const run = async ({ tools, scratchDir, signal }: Scene, command: FfmpegCommand): Promise<StillPicture | null> => {
  await tools.ffmpeg({ command, scratchDir, durationSeconds: 30, signal });
  return readStill(scratchDir);
};

const takeFrame = async (scene: Scene, order: Extract<PosterOrder, { kind: "frame" }>, path: string) => {
  const { picture, size, atSeconds } = order;
  for (const look of looks) {
    const frame = { picture, poster: size, sourcePath: path, atSeconds, names: stillNames };
    const still = await run(scene, exactFrameCommand({ ...frame, ...look }));
    if (still !== null) return still;
  }
  return null;
};

const fitImage = (scene: Scene, order: Extract<PosterOrder, { kind: "image" }>, path: string) =>
  run(scene, posterImageCommand({ path, format: order.format, size: order.size, names: stillNames }));

/** A poster that was made before: its bytes as they are, since every encoding takes something away. */
const takeAgain = async (
  scene: Scene,
  order: Extract<PosterOrder, { kind: "mark" }>,
  path: string,
): Promise<StillPicture | null> => {
  const still = await fitImage(scene, { ...order, kind: "image", format: "jpeg" }, path);
  return still === null ? null : { ...still, path, sizeBytes: (await stat(path)).size };
};

const makeStill = (scene: Scene, order: PosterOrder, path: string): Promise<StillPicture | null> => {
  if (order.kind === "frame") return takeFrame(scene, order, path);
  return order.kind === "mark" ? takeAgain(scene, order, path) : fitImage(scene, order, path);
};

/** The still as viewers may see it: with the mark that it is to carry, the clean one beside. */
const withMark = async (scene: Scene, order: PosterOrder, still: StillPicture) => {
  if (order.kind === "image" || order.mark === null) return still;
  const marked = await markStill(placeOf(scene), {
    ...{ path: still.path, name: "marked.jpg", size: order.size, mark: order.mark },
  });
  return { ...still, ...marked, cleanPath: still.path };
};

const make = async (input: { scene: Scene; room: Room; order: PosterOrder }): Promise<MadePoster> => {
  const { scene, room, order } = input;
  try {
    const path = await room.sourcePath(scene.signal);
    const still = await makeStill(scene, order, path);
    if (still === null) return { failure: "corrupt" };
    const shown = await withMark(scene, order, still);
    const [thumbnails = []] = await makeThumbnails(placeOf(scene), [shown.path]);
    return { ...shown, thumbnails };
  } catch (error) {
    // Faults of the file end here; those of the machine are tried again by the queue.
    if (!(error instanceof MediaFailure)) throw error;
    const facts = { code: error.code, detail: error.detail?.slice(-500) };
    log().info({ "event.action": "poster.refused", ...facts }, "a poster could not be made");
    return { failure: error.code };
  }
};

/** Makes a chosen frame or a sent picture into a video's poster. A full scratch disk is a fault of the machine. */
export const makePosterTask = (tools: PosterTools) =>
  task("videos/make-poster", async ({ videoId, choiceId }, { signal }) => {
    const rooms: Room[] = [];
    try {
      await makePoster({
        videoId,
        choiceId,
        make: async (order) => {
          const wanted = { sourceKey: order.sourceKey, folder: `poster-${choiceId}`, bytes: scratchBytes };
          const room = await tools.workspace.enter(wanted);
          if (room === null) throw new AppError("unavailable", { message: "The scratch disk is full." });
          rooms.push(room);
          // What a killed worker left of the same choice.
          await rm(room.scratchDir, { recursive: true, force: true });
          await mkdir(room.scratchDir, { recursive: true });
          return make({ scene: { tools, scratchDir: room.scratchDir, signal }, room, order });
        },
      });
    } finally {
      for (const room of rooms) {
        await rm(room.scratchDir, { recursive: true, force: true });
        await room.leave();
      }
    }
  });
