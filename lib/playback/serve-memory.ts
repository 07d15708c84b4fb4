import { Readable } from "node:stream";
import { type ServeObject, serveObject } from "#lib/playback/serve-object.ts";

/**
 * Answers like `serveObject` with bytes that are in memory: ranges, validators, gzip, HEAD. `etag` must change with the
 * bytes.
 */
export const serveMemory = ({
  bytes,
  etag,
  modifiedAt,
  ...rest
}: Omit<ServeObject, "store"> & { bytes: Uint8Array; etag: string; modifiedAt: Date }): Promise<Response> =>
  serveObject({
    ...rest,
    store: {
      head: async (key) => ({ key, sizeBytes: bytes.byteLength, modifiedAt, etag }),
      // A copy: the answer's stream takes its memory over, and others still hold these bytes.
      read: async ({ range }) => Readable.from([bytes.slice(range?.start ?? 0, range?.endExclusive)]),
    },
  });
