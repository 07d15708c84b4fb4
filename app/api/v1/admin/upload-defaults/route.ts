import { siteDefaultsSchema, uploadDefaultsSchema } from "#lib/uploads/dto.ts";
import { setSiteUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "admin.uploadDefaults.set",
    scope: "admin:write",
    summary: "What the instance puts on new videos",
    description:
      "For admins. The mark is put on new videos of channels that leave the choice to the site; videos that are there stay as they are. `not_found` for what is no mark of the instance, `unprocessable` for one without an image. The audit log tells who changed it.",
    errors: ["not_found", "unprocessable"],
    body: siteDefaultsSchema,
    response: uploadDefaultsSchema,
  },
  ({ viewer, body: defaults }) => setSiteUploadDefaults({ viewer, defaults }),
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods("PUT");
