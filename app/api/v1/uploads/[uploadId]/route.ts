import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { withIncomingBody } from "#lib/web/incoming-body.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

// Chunks come as fast as the line allows, so none of them is counted.
const chunk = { rateClass: "none", accessLog: "quiet" } as const;

/** Tells how many bytes have come. */
export const HEAD = rawRoute({ name: "uploads.offset", ...chunk }, (input) => uploadEndpoint().handle(input));

/** Appends bytes. */
export const PATCH = rawRoute({ name: "uploads.append", ...chunk }, (input) =>
  uploadEndpoint().handle({ ...input, request: withIncomingBody(input.request) }),
);

/** Ends an unfinished upload and removes its video. */
export const DELETE = rawRoute({ name: "uploads.terminate" }, (input) => uploadEndpoint().handle(input));

export const OPTIONS = rawRoute({ name: "uploads.options", rateClass: "none", identity: "ignore" }, (input) =>
  uploadEndpoint().handle(input),
);

// No GET on purpose: the tus library's own would hand out the raw original.
export const { GET, POST, PUT } = otherMethods("PATCH", "DELETE");
