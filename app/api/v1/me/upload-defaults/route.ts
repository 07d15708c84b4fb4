import { channelOfQuery as query } from "#lib/channels/dto.ts";
import { channelDefaultsSchema, uploadDefaultsSchema } from "#lib/uploads/dto.ts";
import { getUploadDefaults, setUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.uploadDefaults.get",
    scope: "account:read",
    summary: "What your uploads get that do not say otherwise",
    description:
      "For creators: mark, MP3 and even loudness of new videos on a channel, by `channelId`, else on your first one; also what the site puts on, and the mark that comes of both. `not_found` for a channel on which you do not work.",
    errors: ["not_found"],
    query,
    response: uploadDefaultsSchema,
  },
  ({ viewer, query }) => getUploadDefaults({ viewer, ...query }),
);

export const PUT = route(
  {
    name: "me.uploadDefaults.set",
    scope: "account:write",
    summary: "Choose what your uploads get",
    description:
      "For everybody who works on the channel (`channelId`, else your first one). Holds for uploads that begin from now on and do not say otherwise; videos that are there stay as they are. `not_found` for a mark that you may not use, `unprocessable` for one without an image.",
    errors: ["not_found", "unprocessable"],
    query,
    body: channelDefaultsSchema,
    response: uploadDefaultsSchema,
  },
  ({ viewer, query, body: defaults }) => setUploadDefaults({ viewer, ...query, defaults }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
