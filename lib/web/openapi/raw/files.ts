import type { BodyKind, RawDescription } from "#lib/web/openapi/description.ts";

const validators = {
  ETag: "Names these very bytes, for `If-None-Match` and `If-Range`.",
  "Last-Modified": "When they were stored.",
};

/**
 * How a stored file is given: whole, in part (RFC 9110, 14), or not again when the asker has it. `content`: what it may be, by
 * content type.
 */
export const fileDescription = (
  content: Readonly<Record<string, BodyKind>>,
  more: Pick<RawDescription, "query"> = {},
): RawDescription => ({
  ...more,
  requestHeaders: {
    Range: "One stretch of bytes, as `bytes=0-1023`.",
    "If-Range": "The range is meant only for the bytes that this `ETag` or date names.",
    "If-None-Match": "`ETag` of what is there already.",
  },
  answers: {
    200: { description: "The file.", content, headers: { ...validators, "Accept-Ranges": "`bytes`." } },
    206: { description: "The stretch that was asked.", content, headers: { ...validators, "Content-Range": "Which." } },
    304: { description: "What the asker has is what there is.", headers: validators },
  },
});
