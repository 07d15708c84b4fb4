import { leavingPreviewSchema } from "#lib/accounts/leaving/dto.ts";
import { previewLeaving } from "#lib/accounts/leaving/leave.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.leaving",
    scope: "session",
    summary: "What deleting your account takes along",
    response: leavingPreviewSchema,
  },
  ({ viewer }) => previewLeaving(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
