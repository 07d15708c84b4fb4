import { siteDefaultsSchema, uploadDefaultsSchema } from "#lib/uploads/dto.ts";
import { setSiteUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "admin.uploadDefaults.set",
    scope: "admin:write",
    summary: "What the instance puts on new videos",
    errors: ["not_found", "unprocessable"],
    body: siteDefaultsSchema,
    response: uploadDefaultsSchema,
  },
  ({ viewer, body: defaults }) => setSiteUploadDefaults({ viewer, defaults }),
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods("PUT");
