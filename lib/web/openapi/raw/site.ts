import { z } from "zod";
import type { AnswerDescription, RawDescription } from "#lib/web/openapi/description.ts";
import { signInErrorSchema } from "#lib/web/openapi/error-schema.ts";

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

/** Faults of the sign-in, told so that next-auth's browser code understands them too. */
const signInFaults: Readonly<Record<number, AnswerDescription>> = Object.fromEntries(
  [400, 401, 403, 429, 500, 503].map((status) => [
    status,
    {
      description: "The one error body, with the `url` in which next-auth's browser code looks for the error.",
      content: { "application/json": signInErrorSchema },
      headers: { "Retry-After": "Seconds after which another try makes sense." },
    },
  ]),
);

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
    302: {
      description: "To a page of this site, or of another service to sign in there.",
      headers: { Location: "Which." },
    },
    ...signInFaults,
  },
};

/** The same, where nothing is sent. */
export const sessionReadDescription: RawDescription = { answers: sessionDoorDescription.answers };
