import { objectStore } from "#lib/storage/index.ts";

/** Bytes of all objects under a prefix. Costs a look at each of them. */
export const storedBytesUnder = async (prefix: string): Promise<number> => {
  let bytes = 0;
  for await (const { sizeBytes } of objectStore().list(prefix)) bytes += sizeBytes;
  return bytes;
};
