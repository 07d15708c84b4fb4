import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { getMail } from "#lib/mail/admin-mails.ts";
import { mailSchema } from "#lib/mail/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

const params = z.object({ mailId: idSchema });

// A mail can hold an address that opens an account, so no API token reads one.
export const GET = route(
  {
    name: "admin.mails.get",
    scope: "session",
    summary: "A mail with its text",
    description:
      "For admins who are signed in: a mail can hold a link that opens an account, so no API token reads one. Reading one is written to the audit log.",
    errors: ["forbidden"],
    params,
    response: mailSchema,
  },
  ({ viewer, params: { mailId } }) => getMail({ viewer, mailId }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
