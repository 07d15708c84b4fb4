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
    description:
      "tus 1.0.0, so any tus client works. Makes the video too and names it in `Kinora-Video-Id`; with `replaces` the file of that video is replaced instead. `quota_exceeded` tells that the account's storage or its day is used up, `no_space` that the server's is, `address_unconfirmed` that the instance wants a confirmed address first. What gets no bytes for seven days is removed.",
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
    description: "Answers without signing in: the tus versions and extensions, and the largest file that is taken.",
    openapi: uploadOptions,
    rateClass: "none",
    identity: "ignore",
  },
  (input) => uploadEndpoint().handle(input),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
