import { healthDescription } from "#lib/web/openapi/raw/site.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Whether this process answers at all; asks nobody else, so that a database outage restarts no web process. */
export const GET = rawRoute(
  {
    name: "healthz",
    scope: "public",
    summary: "Whether this process answers",
    description:
      "For supervisors and load balancers: asks neither database nor storage, so that an outage of theirs restarts no web process. Needs no credentials and is not counted.",
    openapi: healthDescription,
    identity: "ignore",
    rateClass: "none",
    accessLog: "quiet",
  },
  () => Response.json({ status: "ok" }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
