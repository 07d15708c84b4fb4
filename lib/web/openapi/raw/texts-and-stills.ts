import { captionQuerySchema, captionSchema, captionTextSchema } from "#lib/captions/dto.ts";
import { posterChangeSchema, posterSchema } from "#lib/videos/dto.ts";
import type { RawDescription } from "#lib/web/openapi/description.ts";

const json = "application/json";

/** A caption file, as it is or as JSON. */
export const captionUploadDescription: RawDescription = {
  query: captionQuerySchema.partial(),
  requestContent: {
    [json]: captionTextSchema,
    "text/vtt": "text",
    "application/x-subrip": "text",
    "text/plain": "text",
  },
  answers: { 201: { description: "The text track.", content: { [json]: captionSchema } } },
};

/** A text track as a file. */
export const captionFileDescription: RawDescription = {
  answers: { 200: { description: "The file.", content: { "text/vtt": "text" } } },
};

/** The choice of a poster. */
export const posterChoiceDescription: RawDescription = {
  requestContent: { [json]: posterChangeSchema, "image/jpeg": "bytes", "image/png": "bytes", "image/webp": "bytes" },
  answers: {
    200: { description: "The poster has changed.", content: { [json]: posterSchema } },
    202: { description: "It is being made; `changed` tells when.", content: { [json]: posterSchema } },
  },
};
