import { readinessDescription } from "#lib/web/openapi/raw/site.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { checkReadiness } from "#lib/web/readiness.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Whether this process can do its work: 200, or 503 with the part that cannot. */
export const GET = rawRoute(
  {
    name: "readyz",
    scope: "public",
    summary: "Whether this process can do its work",
    description:
      "For load balancers: looks at the database, its migrations and the storage, and answers 503 with the part that cannot. Takes a few seconds at most; needs no credentials and is not counted.",
    openapi: readinessDescription,
    identity: "ignore",
    rateClass: "none",
    accessLog: "quiet",
  },
  async () => {
    const readiness = await checkReadiness();
    return Response.json(readiness, { status: readiness.status === "ready" ? 200 : 503 });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
