import { adminJobPageSchema, adminJobQuerySchema } from "#lib/admin/dto.ts";
import { listJobs } from "#lib/admin/jobs.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.jobs",
    scope: "admin:read",
    summary: "Work that waits, runs or failed",
    description:
      "The processing of videos (each as one piece, whatever its steps), sound files, and jobs of the queue, newest first.",
    errors: ["forbidden"],
    query: adminJobQuerySchema,
    response: adminJobPageSchema,
  },
  ({ viewer, query }) => listJobs({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
