import { createHash } from "node:crypto";
import { serveMemory } from "#lib/playback/serve-memory.ts";

/** Answers with a text that everybody gets alike: with validators and gzip, kept in caches for `maxAgeSeconds`. */
export const serveDocument = (input: {
  request: Request;
  requestId: string;
  text: string;
  contentType: string;
  maxAgeSeconds: number;
}): Promise<Response> => {
  const { request, requestId, text, contentType, maxAgeSeconds } = input;
  return serveMemory({
    ...{ request, requestId, key: new URL(request.url).pathname.slice(1) },
    bytes: new TextEncoder().encode(text),
    etag: createHash("sha256").update(text).digest("base64url").slice(0, 22),
    modifiedAt: new Date(),
    headers: {
      "Content-Type": contentType,
      "Cache-Control": `public, max-age=${maxAgeSeconds}`,
      "Access-Control-Allow-Origin": "*",
    },
    kind: "document",
    gzip: true,
  });
};
