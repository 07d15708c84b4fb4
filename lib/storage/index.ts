import { env } from "#lib/env.ts";
import { createFileStore } from "#lib/storage/file-store.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

let store: ObjectStore | undefined;

/** The instance's object store, as `STORAGE_URL` says. Opens nothing until it is used. */
export const objectStore = (): ObjectStore => {
  store ??= createFileStore({ root: env().storageDir });
  return store;
};
