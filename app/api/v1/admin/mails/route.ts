import { listMails } from "#lib/mail/admin-mails.ts";
import { mailPageSchema, mailQuerySchema } from "#lib/mail/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.mails.list",
    scope: "admin:read",
    summary: "The outbox",
    description:
      "For admins: every mail that the instance wrote, newest first, without its text. `state` asks for those that wait, were sent, are held because there is no SMTP server, or have failed. `forbidden` for everybody else. Pages as all lists.",
    errors: ["forbidden"],
    query: mailQuerySchema,
    response: mailPageSchema,
  },
  ({ viewer, query }) => listMails({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
