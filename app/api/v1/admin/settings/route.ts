import { editSettings, getSettings } from "#lib/settings/admin-settings.ts";
import { settingsDtoSchema, settingsPatchSchema } from "#lib/settings/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.settings",
    scope: "admin:read",
    summary: "The instance's settings",
    description:
      "For admins: what holds now, what the environment says, and which settings an admin has changed. `forbidden` for everybody else.",
    response: settingsDtoSchema,
  },
  ({ viewer }) => getSettings(viewer),
);

export const PATCH = route(
  {
    name: "admin.settings.edit",
    scope: "admin:write",
    summary: "Change the instance's settings",
    description:
      "A change holds in every process within five seconds, without a restart. Settings named in `reset` follow the environment again; null in a limit stands for no limit.",
    body: settingsPatchSchema,
    response: settingsDtoSchema,
  },
  ({ viewer, body: patch }) => editSettings({ viewer, patch }),
);

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
