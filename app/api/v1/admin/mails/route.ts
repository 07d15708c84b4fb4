import { listMails } from "#lib/mail/admin-mails.ts";
import { mailPageSchema, mailQuerySchema } from "#lib/mail/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.mails.list",
    scope: "admin:read",
    summary: "The outbox",
    errors: ["forbidden"],
    query: mailQuerySchema,
    response: mailPageSchema,
  },
  ({ viewer, query }) => listMails({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
