import { auditPageSchema, auditQuerySchema } from "#lib/audit/dto.ts";
import { listAudit } from "#lib/audit/list-audit.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.audit",
    scope: "admin:read",
    summary: "The audit log",
    description:
      "What was done by whom, newest first: actor, action, target, address, request id, and what it changed. Rows are never changed or removed; the database refuses both.",
    errors: ["forbidden"],
    query: auditQuerySchema,
    response: auditPageSchema,
  },
  ({ viewer, query }) => listAudit({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
