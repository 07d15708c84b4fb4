import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { uploadCreation, uploadOptions } from "#lib/web/openapi/raw/uploads.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Creates a resumable upload (tus 1.0.0) and its video. */
export const POST = rawRoute(
  {
    name: "uploads.create",
    scope: "uploads",
    summary: "Create a resumable upload and its video",
    description: "tus 1.0.0. Any tus client works.",
    errors: [
      "invalid_input",
      "address_unconfirmed",
      "not_found",
      "conflict",
      "precondition_failed",
      "too_large",
      "quota_exceeded",
      "unsupported_media_type",
      "unprocessable",
      "unavailable",
      "no_space",
    ],
    openapi: uploadCreation,
  },
  (input) => uploadEndpoint().handle(input),
);

/** Tells which tus version and extensions are served. */
export const OPTIONS = rawRoute(
  {
    name: "uploads.options",
    scope: "public",
    summary: "What the upload endpoint speaks",
    openapi: uploadOptions,
    rateClass: "none",
    identity: "ignore",
  },
  (input) => uploadEndpoint().handle(input),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
