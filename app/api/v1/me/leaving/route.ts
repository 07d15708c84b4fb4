import { leavingPreviewSchema } from "#lib/accounts/leaving/dto.ts";
import { previewLeaving } from "#lib/accounts/leaving/leave.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.leaving",
    scope: "session",
    summary: "What deleting your account takes along",
    description:
      "To be shown before `DELETE /me`: channels with their videos and the others who lose them, the days of grace, and what will be asked for. Changes nothing.",
    response: leavingPreviewSchema,
  },
  ({ viewer }) => previewLeaving(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
