import { z } from "zod";
import type { RawDescription } from "#lib/web/openapi/description.ts";

const part = z.enum(["ok", "failed", "behind"]);
const readinessSchema = z
  .object({
    status: z.enum(["ready", "unavailable"]),
    parts: z.object({ database: part, migrations: part, storage: part }),
  })
  .meta({ id: "Readiness" });

/** Liveness. */
export const healthDescription: RawDescription = {
  answers: {
    200: { description: "It answers.", content: { "application/json": z.object({ status: z.literal("ok") }) } },
  },
};

/** Readiness. */
export const readinessDescription: RawDescription = {
  answers: {
    200: { description: "It can do its work.", content: { "application/json": readinessSchema } },
    503: { description: "It cannot; the parts tell why.", content: { "application/json": readinessSchema } },
  },
};

/** What Prometheus reads. */
export const metricsDescription: RawDescription = {
  answers: { 200: { description: "Prometheus' text format.", content: { "text/plain": "text" } } },
};

/** The browser session's own addresses. */
export const sessionDoorDescription: RawDescription = {
  requestContent: {
    "application/x-www-form-urlencoded": "text",
    "application/json": z.record(z.string(), z.unknown()),
  },
  answers: {
    200: {
      description: "What next-auth answers.",
      content: { "application/json": z.unknown(), "text/html": "text" },
      headers: { "Set-Cookie": "The session, or its end." },
    },
    302: { description: "To a page of this site.", headers: { Location: "Which." } },
  },
};

/** The same, where nothing is sent. */
export const sessionReadDescription: RawDescription = { answers: sessionDoorDescription.answers };
