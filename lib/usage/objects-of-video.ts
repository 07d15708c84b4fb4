import { objectStore } from "#lib/storage/index.ts";
import { videoPrefixes } from "#lib/storage/keys.ts";
import type { ObjectInfo } from "#lib/storage/object-store.ts";

/** Everything that is stored under a video's prefixes, whether a row names it or not. */
export const objectsOfVideo = async (videoId: string): Promise<ObjectInfo[]> => {
  const objects: ObjectInfo[] = [];
  for (const prefix of videoPrefixes(videoId)) {
    for await (const object of objectStore().list(prefix)) objects.push(object);
  }
  return objects;
};
