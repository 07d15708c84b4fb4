import { CirclePlus, Clapperboard, House, Search, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { TabLink } from "#components/shell/nav-link.tsx";
import { mayUpload, type ShellViewer } from "#components/shell/shell-viewer.ts";
import { uploadHref } from "#components/shell/upload-href.ts";

/** The main places within a thumb's reach, on phones only. */
export const BottomBar = ({ viewer }: { viewer: ShellViewer }) => {
  const t = useTranslations("common");
  return (
    <nav
      aria-label={t("mainNavigation")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <TabLink href="/" icon={<House aria-hidden strokeWidth={1.75} />} label={t("home")} />
      <TabLink href="/search" icon={<Search aria-hidden strokeWidth={1.75} />} label={t("search")} />
      {mayUpload(viewer) ? (
        <>
          <TabLink href={uploadHref} icon={<CirclePlus aria-hidden strokeWidth={1.75} />} label={t("upload")} />
          <TabLink href="/studio" icon={<Clapperboard aria-hidden strokeWidth={1.75} />} label={t("studio")} />
        </>
      ) : null}
      {viewer === null ? (
        <TabLink href="/login" icon={<UserRound aria-hidden strokeWidth={1.75} />} label={t("signIn")} />
      ) : (
        <TabLink
          href={`/@${viewer.channelHandle}`}
          icon={<UserRound aria-hidden strokeWidth={1.75} />}
          label={t("you")}
        />
      )}
    </nav>
  );
};
