import { cancelJob } from "#lib/admin/jobs.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { jobParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "admin.jobs.cancel",
    scope: "admin:write",
    summary: "Cancel work",
    description: "Stops the processing of a video, or a sound file that is being made.",
    errors: ["forbidden", "conflict"],
    params,
  },
  ({ viewer, params: { jobId }, locale }) => cancelJob({ viewer, jobId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
