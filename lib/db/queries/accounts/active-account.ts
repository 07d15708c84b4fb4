import { and, eq, isNull } from "drizzle-orm";
import { users } from "#lib/db/schema/index.ts";

/** An account that can sign in and that others see: neither suspended nor waiting, not leaving, not gone. */
export const isActiveAccount = and(
  eq(users.status, "active"),
  isNull(users.deletionRequestedAt),
  isNull(users.deletedAt),
);
