import { retryJob } from "#lib/admin/jobs.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { jobParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "admin.jobs.retry",
    scope: "admin:write",
    summary: "Try failed work again",
    description:
      "Processing goes on from what was made where that is still there; a sound file is made anew; a job gets all its attempts back.",
    errors: ["forbidden", "conflict"],
    params,
  },
  ({ viewer, params: { jobId }, locale }) => retryJob({ viewer, jobId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
