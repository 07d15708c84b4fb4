import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { withIncomingBody } from "#lib/web/incoming-body.ts";
import { uploadBytes, uploadEnd, uploadOffset, uploadOwnOptions } from "#lib/web/openapi/raw/uploads.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

// Chunks come as fast as the line allows, so none of them is counted.
const chunk = { rateClass: "none", accessLog: "quiet" } as const;

/** Tells how many bytes have come. */
export const HEAD = rawRoute(
  {
    name: "uploads.offset",
    scope: "uploads",
    summary: "How far an upload has come",
    description:
      "What a client asks before it goes on after a broken line: `Upload-Offset` bytes are safely stored. Only for whoever began it. `gone` once it has expired, seven days after its last byte, or its video was deleted.",
    errors: ["not_found", "gone", "precondition_failed", "locked"],
    openapi: uploadOffset,
    ...chunk,
  },
  (input) => uploadEndpoint().handle(input),
);

/** Appends bytes. */
export const PATCH = rawRoute(
  {
    name: "uploads.append",
    scope: "uploads",
    summary: "Send the next bytes",
    description:
      "`conflict` when `Upload-Offset` is not what `HEAD` tells, `locked` while another request writes. The last bytes start the processing and answer 204 whatever they are: what is wrong with the media appears as `failure` on the video.",
    errors: [
      "invalid_input",
      "not_found",
      "conflict",
      "gone",
      "precondition_failed",
      "too_large",
      "unsupported_media_type",
      "locked",
      "unavailable",
      "no_space",
    ],
    openapi: uploadBytes,
    ...chunk,
  },
  (input) => uploadEndpoint().handle({ ...input, request: withIncomingBody(input.request) }),
);

/** Ends an unfinished upload and removes its video. */
export const DELETE = rawRoute(
  {
    name: "uploads.terminate",
    scope: "uploads",
    summary: "End an unfinished upload",
    description: "Its video goes with it; a video whose file was to be replaced stays.",
    errors: ["not_found", "conflict", "gone", "precondition_failed", "locked"],
    openapi: uploadEnd,
  },
  (input) => uploadEndpoint().handle(input),
);

export const OPTIONS = rawRoute(
  {
    name: "uploads.one.options",
    scope: "public",
    summary: "What an upload speaks",
    description: "The same as of `/uploads`: the tus versions and extensions, and the largest file that is taken.",
    openapi: uploadOwnOptions,
    rateClass: "none",
    identity: "ignore",
  },
  (input) => uploadEndpoint().handle(input),
);

// No GET on purpose: the tus library's own would hand out the raw original.
export const { GET, POST, PUT } = otherMethods("PATCH", "DELETE");
