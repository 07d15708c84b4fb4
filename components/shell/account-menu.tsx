"use client";

import { Clapperboard, Gauge, LibraryBig, LogOut, Rss, Settings, Tv } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { recentSearches } from "#components/search/recent-searches.ts";
import { DisplayChoices } from "#components/shell/display-choices.tsx";
import { mayUpload, type ShellViewer } from "#components/shell/shell-viewer.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { toast } from "#components/ui/toast.tsx";

const session = onFirstUse(() => import("#lib/api-client/session.ts"));

/** Where the person's own things are; on phones, where there is no rail, the only way to some. */
const Places = ({ viewer }: { viewer: NonNullable<ShellViewer> }) => {
  const t = useTranslations("common");
  return (
    <>
      <MenuLink icon={<Tv aria-hidden strokeWidth={1.75} />} render={<Link href={`/@${viewer.channelHandle}`} />}>
        {t("yourChannel")}
      </MenuLink>
      {mayUpload(viewer) ? (
        <MenuLink icon={<Clapperboard aria-hidden strokeWidth={1.75} />} render={<Link href="/studio" />}>
          {t("studio")}
        </MenuLink>
      ) : null}
      {viewer.role === "admin" ? (
        <MenuLink icon={<Gauge aria-hidden strokeWidth={1.75} />} render={<Link href="/admin" />}>
          {t("admin")}
        </MenuLink>
      ) : null}
      <MenuLink icon={<LibraryBig aria-hidden strokeWidth={1.75} />} render={<Link href="/library" />}>
        {t("library")}
      </MenuLink>
      <MenuLink icon={<Rss aria-hidden strokeWidth={1.75} />} render={<Link href="/subscriptions" />}>
        {t("subscriptions")}
      </MenuLink>
    </>
  );
};

/** The signed-in person's menu: places, theme, language, log out. */
export const AccountMenu = ({ viewer, locale }: { viewer: NonNullable<ShellViewer>; locale: string }) => {
  const t = useTranslations("common");
  const logOut = () => {
    // Whoever comes to this browser next does not see what was searched for.
    recentSearches().clear();
    const ended = session.load().then(({ endSession }) => endSession());
    ended.then(
      // A full load: nothing that was read as this person may stay in the page's memory.
      () => window.location.assign("/"),
      () => toast({ title: t("errors.network"), tone: "danger" }),
    );
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("accountMenu", { name: viewer.displayName })}
          className="flex size-9 items-center justify-center rounded-[50%]"
        >
          <Avatar name={viewer.displayName} src={viewer.avatarUrl} />
        </button>
      }
    >
      <div className="flex items-center gap-3 px-2.5 pt-2 pb-2.5">
        <Avatar name={viewer.displayName} src={viewer.avatarUrl} size={40} />
        <div className="min-w-0">
          <p className="truncate text-14 font-medium">{viewer.displayName}</p>
          <p className="truncate text-13 text-muted">
            @{viewer.username} · {t(`role.${viewer.role}`)}
          </p>
        </div>
      </div>
      <MenuSeparator />
      <Places viewer={viewer} />
      <MenuLink icon={<Settings aria-hidden strokeWidth={1.75} />} render={<Link href="/settings/profile" />}>
        {t("accountSettings")}
      </MenuLink>
      <MenuSeparator />
      <DisplayChoices locale={locale} />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden strokeWidth={1.75} />} onSelect={logOut}>
        {t("logOut")}
      </MenuItem>
    </Menu>
  );
};
