import { Clapperboard, Clock, History, House, LibraryBig, Rss, Shapes, TrendingUp, Tv } from "lucide-react";
import { useTranslations } from "next-intl";
import { NavLink } from "#components/shell/nav-link.tsx";
import { mayUpload, type ShellViewer } from "#components/shell/shell-viewer.ts";

/** What everybody with an account keeps. */
const OwnLinks = () => {
  const t = useTranslations("common");
  const links = [
    { href: "/subscriptions", icon: <Rss aria-hidden strokeWidth={1.75} />, label: t("subscriptions") },
    { href: "/library", icon: <LibraryBig aria-hidden strokeWidth={1.75} />, label: t("library") },
    { href: "/watch-later", icon: <Clock aria-hidden strokeWidth={1.75} />, label: t("watchLater") },
    { href: "/history", icon: <History aria-hidden strokeWidth={1.75} />, label: t("history") },
  ];
  return links.map((link) => (
    <li key={link.href}>
      <NavLink {...link} />
    </li>
  ));
};

/** Links of the rail on public pages. */
export const SiteNavigation = ({ viewer }: { viewer: ShellViewer }) => {
  const [t, browse] = [useTranslations("common"), useTranslations("browse")];
  return (
    <>
      <ul className="flex flex-col gap-0.5">
        <li>
          <NavLink href="/" icon={<House aria-hidden strokeWidth={1.75} />} label={t("home")} />
        </li>
        <li>
          <NavLink href="/trending" icon={<TrendingUp aria-hidden strokeWidth={1.75} />} label={browse("trending")} />
        </li>
        <li>
          <NavLink
            href="/categories"
            deep
            icon={<Shapes aria-hidden strokeWidth={1.75} />}
            label={browse("categories")}
          />
        </li>
        {viewer === null ? null : <OwnLinks />}
      </ul>
      {viewer === null || !mayUpload(viewer) ? null : (
        <>
          <p className="mt-5 mb-1 hidden px-2.5 text-12 font-medium text-muted lg:group-data-[collapsed=false]/rail:block">
            {t("you")}
          </p>
          <ul className="mt-2 flex flex-col gap-0.5 lg:group-data-[collapsed=false]/rail:mt-0">
            <li>
              <NavLink
                href={`/@${viewer.channelHandle}`}
                icon={<Tv aria-hidden strokeWidth={1.75} />}
                label={t("yourChannel")}
              />
            </li>
            <li>
              <NavLink href="/studio" icon={<Clapperboard aria-hidden strokeWidth={1.75} />} label={t("studio")} />
            </li>
          </ul>
        </>
      )}
    </>
  );
};
