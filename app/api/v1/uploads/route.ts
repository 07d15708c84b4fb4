import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Creates a resumable upload (tus 1.0.0) and its video. */
export const POST = rawRoute({ name: "uploads.create" }, (input) => uploadEndpoint().handle(input));

/** Tells which tus version and extensions are served. */
export const OPTIONS = rawRoute({ name: "uploads.options", rateClass: "none", identity: "ignore" }, (input) =>
  uploadEndpoint().handle(input),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
