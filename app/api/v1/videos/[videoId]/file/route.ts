import { replaceFile, replaceFileSchema, replacingUploadSchema } from "#lib/uploads/replace-file.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "videos.file.replace",
    scope: "uploads",
    summary: "Announce a new file for a video",
    description:
      "The video keeps its address and plays its old file until the new one has published. The bytes go to `uploadUrl`.",
    errors: ["conflict", "address_unconfirmed", "too_large", "quota_exceeded", "unprocessable", "no_space"],
    params,
    body: replaceFileSchema,
    response: replacingUploadSchema,
    status: 201,
  },
  ({ viewer, params: { videoId }, body: file }) => replaceFile({ viewer, videoId, file }),
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods("PUT");
