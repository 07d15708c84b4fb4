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
    errors: ["not_found", "unprocessable"],
    query,
    body: channelDefaultsSchema,
    response: uploadDefaultsSchema,
  },
  ({ viewer, query, body: defaults }) => setUploadDefaults({ viewer, ...query, defaults }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
