import { adminVideoPageSchema, adminVideoQuerySchema } from "#lib/admin/dto.ts";
import { listAllVideos } from "#lib/admin/videos.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.videos",
    scope: "admin:read",
    summary: "Everybody's videos",
    description: "For admins: every video, whatever its state and visibility, newest first. Pages as all lists.",
    errors: ["forbidden"],
    query: adminVideoQuerySchema,
    response: adminVideoPageSchema,
  },
  ({ viewer, query }) => listAllVideos({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
