import type { ObjectStore } from "#lib/storage/object-store.ts";

// Each put waits for the disk; eight at a time hide that without holding many files open.
const putsAtOnce = 8;

/** A file that was not there before. */
export type PutFile = { key: string; sizeBytes: number };

/**
 * Puts local files under their final names; what is there already stays. Returns those that were not. Throws what the
 * store throws.
 */
export const putFiles = async (input: {
  files: readonly { path: string; key: string }[];
  store: ObjectStore;
  signal: AbortSignal;
}): Promise<PutFile[]> => {
  const created: PutFile[] = [];
  const queue = [...input.files];
  const putNext = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      input.signal.throwIfAborted();
      const put = await input.store.adopt({ key: file.key, path: file.path, local: "consume" });
      if (put.created) created.push({ key: file.key, sizeBytes: put.info.sizeBytes });
    }
  };
  await Promise.all(Array.from({ length: putsAtOnce }, putNext));
  return created;
};
