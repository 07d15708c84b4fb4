import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { retryMail } from "#lib/mail/admin-mails.ts";
import { mailSchema } from "#lib/mail/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

const params = z.object({ mailId: idSchema });

export const POST = route(
  {
    name: "admin.mails.retry",
    scope: "session",
    summary: "Send a mail that was held or has failed",
    description:
      "For admins. The mail waits anew with all its attempts and is sent within moments; the audit log tells who asked. `conflict` for one that waits already or was sent, and while no SMTP server is configured.",
    errors: ["forbidden", "conflict"],
    params,
    response: mailSchema,
  },
  ({ viewer, params: { mailId } }) => retryMail({ viewer, mailId }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
