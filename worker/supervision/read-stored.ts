import { buffer } from "node:stream/consumers";
import type { ObjectStore } from "#lib/storage/object-store.ts";

/** Bytes of an object, all of them or those before `endExclusive`, in memory: for small things only. Throws `not_found`. */
export const readStored = async (input: {
  store: ObjectStore;
  key: string;
  endExclusive?: number;
  signal: AbortSignal;
}): Promise<Uint8Array> => {
  const { store, key, endExclusive, signal } = input;
  const range = endExclusive === undefined ? {} : { range: { start: 0, endExclusive } };
  return buffer(await store.read({ key, signal, ...range }));
};
