import { labelSettingsSchema } from "#lib/labels/dto.ts";
import { getLabelSettings, putLabelSettings } from "#lib/labels/label-settings.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.labelSettings.get",
    scope: "account:read",
    summary: "What may be read out of your files",
    description:
      "Whether the place that your files carry is read and suggested as a tag. Nothing is unless you say so.",
    response: labelSettingsSchema,
  },
  ({ viewer }) => getLabelSettings(viewer),
);

export const PUT = route(
  {
    name: "me.labelSettings.put",
    scope: "account:write",
    summary: "Choose what may be read out of your files",
    description:
      "Holds for videos that you upload and that are processed from now on. Switched off, places that were suggested and not accepted are forgotten.",
    body: labelSettingsSchema,
    response: labelSettingsSchema,
  },
  ({ viewer, body: settings }) => putLabelSettings({ viewer, settings }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
