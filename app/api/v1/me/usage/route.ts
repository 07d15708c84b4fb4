import { usageQuerySchema, usageSchema } from "#lib/usage/dto.ts";
import { getMyUsage } from "#lib/usage/get-usage.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.usage",
    scope: "account:read",
    summary: "What you store, upload and deliver",
    description:
      "Stored bytes are the account's ledger, which equals the storage. `days` asks for 30 or 90 days of delivered bytes; the last ten seconds may be missing.",
    query: usageQuerySchema,
    response: usageSchema,
  },
  ({ viewer, query }) => getMyUsage({ viewer, days: Number(query.days) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
