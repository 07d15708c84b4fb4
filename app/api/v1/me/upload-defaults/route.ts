import { channelDefaultsSchema, uploadDefaultsSchema } from "#lib/uploads/dto.ts";
import { getUploadDefaults, setUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.uploadDefaults.get",
    scope: "account:read",
    summary: "What your uploads get that do not say otherwise",
    response: uploadDefaultsSchema,
  },
  ({ viewer }) => getUploadDefaults({ viewer }),
);

export const PUT = route(
  {
    name: "me.uploadDefaults.set",
    scope: "account:write",
    summary: "Choose what your uploads get",
    errors: ["not_found", "unprocessable"],
    body: channelDefaultsSchema,
    response: uploadDefaultsSchema,
  },
  ({ viewer, body: defaults }) => setUploadDefaults({ viewer, defaults }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
