import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "#components/shell/app-shell.tsx";
import { LeavingBanner, UnconfirmedBanner } from "#components/shell/for-accounts.tsx";
import type { ShellViewer } from "#components/shell/shell-viewer.ts";
import { getMe } from "#lib/accounts/me.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { env } from "#lib/env.ts";
import { clientMessages } from "#lib/i18n/client-messages.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { currentLeaving, currentViewer } from "#lib/web/identity/current-viewer.ts";

/** The reminder of an address that waits for its click; nobody is asked for what this site has no use for. */
const addressNotice = async (viewer: Viewer, putOff: boolean) => {
  if (viewer === null || viewer.emailVerifiedAt !== null || putOff) return undefined;
  const { requireVerifiedEmail: required } = await instanceSettings();
  const sendsMails = env().smtp !== null;
  if (!sendsMails && !required) return undefined;
  return <UnconfirmedBanner email={viewer.email} required={required} sendsMails={sendsMails} />;
};

/** The way back for somebody who signed in though their account is being deleted; they are nobody to all else. */
const leavingNotice = async () => {
  const leaving = await currentLeaving();
  return leaving === null ? undefined : <LeavingBanner removedAt={leaving.removedAt.toISOString()} />;
};

const shellViewer = async (account: Account): Promise<ShellViewer> => {
  const { id, username, displayName, role } = account;
  const [channels, { avatarUrl }] = await Promise.all([listOwnChannels(account), getMe(account)]);
  const [first] = channels.items;
  // A renamed channel has another handle than its founder's name.
  return { id, username, displayName, avatarUrl, role, channelHandle: first?.handle ?? username };
};

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
  const [viewer, jar] = await Promise.all([currentViewer(), cookies()]);
  // Pages that need the whole width begin with what one came for.
  const leaving = viewer === null ? await leavingNotice() : undefined;
  const notice =
    leaving ?? (rail === "none" ? undefined : await addressNotice(viewer, jar.get("confirm-later") !== undefined));
  const messages = await clientMessages(
    notice === undefined ? namespaces : ["account-mails", "your-data", ...namespaces],
  );
  return (
    <NextIntlClientProvider messages={messages}>
      <AppShell
        rail={rail}
        railCollapsed={jar.get("rail")?.value === "collapsed"}
        notice={notice}
        viewer={viewer === null ? null : await shellViewer(viewer)}
      >
        {children}
      </AppShell>
    </NextIntlClientProvider>
  );
};
