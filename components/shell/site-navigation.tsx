import { Clapperboard, House, Tv } from "lucide-react";
import { useTranslations } from "next-intl";
import { NavLink } from "#components/shell/nav-link.tsx";
import { mayUpload, type ShellViewer } from "#components/shell/shell-viewer.ts";

/** Links of the rail on public pages. */
export const SiteNavigation = ({ viewer }: { viewer: ShellViewer }) => {
  const t = useTranslations("common");
  return (
    <>
      <ul className="flex flex-col gap-0.5">
        <li>
          <NavLink href="/" icon={<House aria-hidden strokeWidth={1.75} />} label={t("home")} />
        </li>
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
