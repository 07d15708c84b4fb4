import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type AvatarOrder, type MadeAvatar, makeAvatar } from "#lib/accounts/avatar/make-avatar.ts";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { avatarCommand, avatarName } from "#lib/media/stills/avatar-command.ts";
import { imageFormatOf } from "#lib/media/stills/image-command.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { RunFfmpeg } from "#worker/ffmpeg.ts";
import { sourcePath } from "#worker/supervision/source-path.ts";
import { task } from "#worker/tasks/task.ts";

type Scene = { store: ObjectStore; ffmpeg: RunFfmpeg; scratchDir: string; signal: AbortSignal };

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/** What ffmpeg wrote, when it is a picture; it makes no file of one that holds no frame. */
const readMade = async (path: string): Promise<MadeAvatar> => {
  try {
    const image = await readFile(path);
    return imageFormatOf(image) === "webp" ? { image } : { failure: "image_unreadable" };
  } catch (error) {
    if (isMissing(error)) return { failure: "image_unreadable" };
    throw error;
  }
};

const make = async (scene: Scene, { sentKey, format }: AvatarOrder): Promise<MadeAvatar> => {
  const { store, ffmpeg, scratchDir, signal } = scene;
  try {
    const path = await sourcePath({ store, key: sentKey, scratchDir, signal });
    await ffmpeg({ command: avatarCommand({ path, format }), scratchDir, durationSeconds: 10, signal });
    return await readMade(join(scratchDir, avatarName));
  } catch (error) {
    // Faults of the file end here; those of the machine are tried again by the queue.
    if (!(error instanceof MediaFailure)) throw error;
    const facts = { code: error.code, detail: error.detail?.slice(-500) };
    log().info({ "event.action": "avatar.refused", ...facts }, "a profile picture could not be made");
    return { failure: error.code === "too_large_frame" ? "image_too_large" : "image_unreadable" };
  }
};

/** Makes a sent picture into the profile picture of its account, in a scratch folder of its own. */
export const makeAvatarTask = ({
  store,
  ffmpeg,
  scratchRoot,
}: Pick<Scene, "store" | "ffmpeg"> & { scratchRoot: string }) =>
  task("accounts/make-avatar", async ({ userId, avatarId }, { signal }) => {
    const scratchDir = join(scratchRoot, `avatar-${avatarId}`);
    try {
      // What a killed worker left of the same picture.
      await rm(scratchDir, { recursive: true, force: true });
      await mkdir(scratchDir, { recursive: true });
      await makeAvatar({ userId, avatarId, make: (order) => make({ store, ffmpeg, scratchDir, signal }, order) });
    } finally {
      await rm(scratchDir, { recursive: true, force: true });
    }
  });
