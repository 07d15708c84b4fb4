import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { clientMessages } from "#lib/i18n/client-messages.ts";

/** Nothing but the video: no bars, no session, no cookie that another site's frame would not send anyway. */
export default async function EmbedLayout({ children }: { children: ReactNode }) {
  const messages = await clientMessages(["player", "watch", "sharing"]);
  return (
    <NextIntlClientProvider messages={messages}>
      <main className="embed fixed inset-0 overflow-hidden bg-stage">{children}</main>
    </NextIntlClientProvider>
  );
}
