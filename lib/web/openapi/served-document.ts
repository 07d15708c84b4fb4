import type { OpenApiDocument } from "#lib/web/openapi/openapi-types.ts";
import stored from "./openapi.json" with { type: "json" };

// The generator wrote it; its own types know every word of it, which nobody needs.
const document: unknown = stored;

/** The API's document, as `npm run openapi` wrote it: with `/` as the server. */
export const storedDocument = (): OpenApiDocument => document as OpenApiDocument;

/** The same for clients elsewhere: with the site's own address as the server. */
export const servedDocument = (origin: string): OpenApiDocument => ({
  ...storedDocument(),
  servers: [{ url: origin }],
});
