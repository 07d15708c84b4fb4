import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "#components/shell/app-shell.tsx";
import { clientMessages } from "#lib/i18n/client-messages.ts";
import { currentViewer } from "#lib/web/current-viewer.ts";

/** The shell around public pages, for the person who asks; `namespaces` are the messages its client parts need. */
export const SiteShell = async ({
  rail,
  namespaces = [],
  children,
}: {
  rail: AppShellProps["rail"];
  namespaces?: readonly string[];
  children: ReactNode;
}) => {
  const [viewer, jar, messages] = await Promise.all([currentViewer(), cookies(), clientMessages(namespaces)]);
  return (
    <NextIntlClientProvider messages={messages}>
      <AppShell
        rail={rail}
        railCollapsed={jar.get("rail")?.value === "collapsed"}
        viewer={
          viewer === null ? null : { username: viewer.username, displayName: viewer.displayName, role: viewer.role }
        }
      >
        {children}
      </AppShell>
    </NextIntlClientProvider>
  );
};
