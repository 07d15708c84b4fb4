import { metrics } from "#lib/metrics.ts";
import { requireMetricsAccess } from "#lib/web/metrics-access.ts";
import { metricsDescription } from "#lib/web/openapi/raw/site.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Metrics of this process for Prometheus: with `METRICS_TOKEN` for its bearer, without it for this machine only. */
export const GET = rawRoute(
  {
    name: "metrics",
    scope: "public",
    summary: "Metrics for Prometheus",
    description: "With `METRICS_TOKEN` as bearer; without one set, for this machine only.",
    errors: ["unauthenticated", "forbidden"],
    openapi: metricsDescription,
    identity: "ignore",
    rateClass: "none",
    accessLog: "quiet",
  },
  async ({ request }) => {
    requireMetricsAccess(request.headers);
    const { registry } = metrics();
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
