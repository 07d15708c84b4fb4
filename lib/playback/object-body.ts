import type { Readable } from "node:stream";
import type { ByteRange, ObjectStore } from "#lib/storage/object-store.ts";

/** Below this one buffer is fastest, above it a byte stream that reads when asked (measured through Next). */
const wholeBelowBytes = 64 * 1024;

/** What is sent: an object, or a stretch of it. */
export type BodySource = {
  store: Pick<ObjectStore, "read">;
  key: string;
  range: Required<ByteRange>;
  /** Told of bytes as they are sent. */
  count: (bytes: number) => void;
  signal: AbortSignal;
};

const wholeBuffer = async (stream: Readable): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
};

// A byte stream takes the chunk's memory over: a slice of a pool must be copied out first.
const ownMemory = (chunk: Uint8Array): Uint8Array<ArrayBuffer> =>
  chunk.buffer instanceof ArrayBuffer && chunk.byteLength === chunk.buffer.byteLength
    ? new Uint8Array(chunk.buffer)
    : Uint8Array.from(chunk);

const byteStream = (stream: Readable, count: (bytes: number) => void): ReadableStream<Uint8Array> => {
  const chunks = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      count(value.byteLength);
      controller.enqueue(ownMemory(value));
    },
    cancel() {
      stream.destroy();
    },
  });
};

/**
 * The body of an answer: a buffer when it is small, else a stream that reads only when the client takes, so that memory
 * stays bounded. The file is closed when the client goes. Throws `not_found` before anything is sent.
 */
export const objectBody = async (source: BodySource): Promise<BodyInit> => {
  const { store, key, range, count, signal } = source;
  const stream = await store.read({ key, range, signal });
  if (range.endExclusive - range.start >= wholeBelowBytes) return byteStream(stream, count);
  const buffer = await wholeBuffer(stream);
  count(buffer.byteLength);
  return buffer;
};
