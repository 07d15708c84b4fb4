"use client";

import { NotificationBell } from "#components/notifications/notification-bell.tsx";
import { AccountMenu } from "#components/shell/account-menu.tsx";
import type { ShellViewer } from "#components/shell/shell-viewer.ts";

/** What only a signed-in person has in the top bar: the bell and the menu of the account. */
export const AccountTools = ({ viewer, locale }: { viewer: NonNullable<ShellViewer>; locale: string }) => (
  <>
    <NotificationBell account={viewer.id} />
    <AccountMenu viewer={viewer} locale={locale} />
  </>
);
