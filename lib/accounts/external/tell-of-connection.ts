import { describeProvider } from "#lib/accounts/external/services.ts";
import type { Tx } from "#lib/db/client.ts";
import type { UserRow } from "#lib/db/queries/accounts/users.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/**
 * Writes to an account's owner that another service can, or can no longer, sign in to it. Only to a confirmed address: one
 * that nobody confirmed may be a stranger's. `locale` is the language for an account that chose none.
 */
export const tellOfConnection = async (
  tx: Tx,
  {
    user,
    provider,
    change,
    locale = defaultLocale,
  }: { user: UserRow; provider: string; change: "connected" | "disconnected"; locale?: Locale },
): Promise<void> => {
  if (user.emailVerifiedAt === null) return;
  await queueMail(tx, {
    ...{ userId: user.id, toAddress: user.email, locale: user.locale ?? locale, kind: "connection_changed" },
    data: { name: user.displayName, service: describeProvider(provider).name, change },
  });
};
