import { users } from "#lib/db/schema/index.ts";

/** Columns of an account as the caller of use-cases. */
export const accountColumns = {
  id: users.id,
  email: users.email,
  username: users.username,
  displayName: users.displayName,
  role: users.role,
  locale: users.locale,
  emailVerifiedAt: users.emailVerifiedAt,
};
