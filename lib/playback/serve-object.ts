import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { AppError, toErrorBody } from "#lib/errors.ts";
import { parseRange } from "#lib/playback/byte-range.ts";
import { meterAnswer } from "#lib/playback/meter-answer.ts";
import { objectBody } from "#lib/playback/object-body.ts";
import type { ObjectInfo, ObjectStore } from "#lib/storage/object-store.ts";
import type { Counted } from "#lib/usage/delivery-meter.ts";

const compress = promisify(gzip);
/** Texts beyond this are sent as they are; playlists of many hours stay far below. */
const maxGzipBytes = 4 * 1024 * 1024;

/** An object to deliver and how. */
export type ServeObject = {
  store: Pick<ObjectStore, "head" | "read">;
  key: string;
  request: Request;
  requestId: string;
  /** Headers of every answer that carries the object: content type, cache rules, and the like. */
  headers: Record<string, string>;
  /** What the bytes are counted under. */
  kind: string;
  /** The video whose delivered bytes they are; absent for what no account pays for. */
  counted?: Counted | undefined;
  /** Whether clients that take gzip get it. */
  gzip: boolean;
};

const opaqueTags = (header: string): string[] => header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));

/** `If-None-Match` (RFC 9110, 13.1.2): weak comparison, either form of the object counts. */
const isUnchanged = (request: Request, etags: readonly string[]): boolean => {
  const header = request.headers.get("if-none-match");
  if (header === null) return false;
  return header.trim() === "*" || opaqueTags(header).some((tag) => etags.includes(tag));
};

/** `If-Range` (13.1.5): strong comparison of the tag, or the exact date. Otherwise the range is not asked. */
const mayServePart = (request: Request, info: ObjectInfo): boolean => {
  const header = request.headers.get("if-range");
  if (header === null) return true;
  if (header.startsWith('"')) return header === `"${info.etag}"`;
  return Date.parse(header) === Math.floor(info.modifiedAt.getTime() / 1000) * 1000;
};

const acceptsGzip = (request: Request): boolean =>
  (request.headers.get("accept-encoding") ?? "")
    .split(",")
    .some((part) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(part));

const unsatisfiable = ({ requestId }: ServeObject, sizeBytes: number): Response =>
  Response.json(toErrorBody(new AppError("range_not_satisfiable"), requestId), {
    status: 416,
    headers: { "Content-Range": `bytes */${sizeBytes}`, "Cache-Control": "no-store" },
  });

const gzipped = async (
  input: ServeObject,
  { info, headers }: { info: ObjectInfo; headers: Headers },
): Promise<Response> => {
  const { store, key, request } = input;
  headers.set("ETag", `"${info.etag}-gzip"`);
  headers.set("Content-Encoding", "gzip");
  headers.delete("Accept-Ranges");
  if (request.method === "HEAD") return new Response(null, { headers });
  const chunks: Uint8Array[] = [];
  const stream = await store.read({ key, signal: request.signal });
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const body = Uint8Array.from(await compress(Buffer.concat(chunks)));
  meterAnswer(input)(body.byteLength);
  headers.set("Content-Length", String(body.byteLength));
  return new Response(body, { headers });
};

const identity = async (
  input: ServeObject,
  { info, headers }: { info: ObjectInfo; headers: Headers },
): Promise<Response> => {
  const { store, key, request } = input;
  const { sizeBytes } = info;
  const asked = mayServePart(request, info) ? request.headers.get("range") : null;
  const range = parseRange({ header: asked, sizeBytes });
  if (range.kind === "unsatisfiable") return unsatisfiable(input, sizeBytes);
  const { start, endExclusive } = range.kind === "part" ? range : { start: 0, endExclusive: sizeBytes };
  const status = range.kind === "part" ? 206 : 200;
  if (range.kind === "part") headers.set("Content-Range", `bytes ${start}-${endExclusive - 1}/${sizeBytes}`);
  headers.set("Content-Length", String(endExclusive - start));
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const body = await objectBody({
    store,
    key,
    range: { start, endExclusive },
    count: meterAnswer(input),
    signal: request.signal,
  });
  return new Response(body, { status, headers });
};

/**
 * Answers GET and HEAD for a stored object: single ranges, validators, gzip for texts, bounded memory. Authorisation is
 * done. Throws `not_found` when the object is not there.
 */
export const serveObject = async (input: ServeObject): Promise<Response> => {
  const { store, key, request } = input;
  const info = await store.head(key);
  if (info === null) throw new AppError("not_found");
  const headers = new Headers({
    ...input.headers,
    "Accept-Ranges": "bytes",
    ETag: `"${info.etag}"`,
    "Last-Modified": info.modifiedAt.toUTCString(),
    "X-Content-Type-Options": "nosniff",
  });
  if (input.gzip) headers.append("Vary", "Accept-Encoding");
  if (isUnchanged(request, [`"${info.etag}"`, `"${info.etag}-gzip"`])) {
    headers.delete("Content-Type");
    return new Response(null, { status: 304, headers });
  }
  const compressed =
    input.gzip && info.sizeBytes <= maxGzipBytes && !request.headers.has("range") && acceptsGzip(request);
  return compressed ? gzipped(input, { info, headers }) : identity(input, { info, headers });
};
