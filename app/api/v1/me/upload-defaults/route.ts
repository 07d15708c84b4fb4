import { channelDefaultsSchema, uploadDefaultsSchema } from "#lib/uploads/dto.ts";
import { getUploadDefaults, setUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route({ name: "me.uploadDefaults.get", response: uploadDefaultsSchema }, ({ viewer }) =>
  getUploadDefaults({ viewer }),
);

export const PUT = route(
  { name: "me.uploadDefaults.set", body: channelDefaultsSchema, response: uploadDefaultsSchema },
  ({ viewer, body: defaults }) => setUploadDefaults({ viewer, defaults }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
