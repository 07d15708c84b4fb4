import { env } from "#lib/env.ts";
import { createFileStore } from "#lib/storage/file-store.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

let opened: { root: string; store: ObjectStore } | undefined;

/** The instance's object store, as `STORAGE_URL` says. Opens nothing until it is used. */
export const objectStore = (): ObjectStore => {
  const root = env().storageDir;
  if (opened?.root !== root) opened = { root, store: createFileStore({ root }) };
  return opened.store;
};
