import { Search, Upload } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DisplayMenu } from "#components/shell/display-menu.tsx";
import { AccountTools } from "#components/shell/for-accounts.tsx";
import { HomeLink } from "#components/shell/home-link.tsx";
import { SearchBox } from "#components/shell/search-box.tsx";
import { mayUpload, type ShellViewer } from "#components/shell/shell-viewer.ts";
import { uploadHref } from "#components/shell/upload-href.ts";
import { WordMark } from "#components/shell/word-mark.tsx";
import { buttonClass } from "#components/ui/button.tsx";

const TopBarActions = ({ viewer, inStudio }: { viewer: ShellViewer; inStudio: boolean }) => {
  const t = useTranslations("common");
  const locale = useLocale();
  return (
    <div className="flex items-center justify-end gap-1.5 md:gap-3">
      <Link
        href="/search"
        aria-label={t("search")}
        className="flex size-10 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-ink sm:hidden"
      >
        <Search aria-hidden size={20} strokeWidth={1.75} />
      </Link>
      {mayUpload(viewer) ? (
        <Link
          href={uploadHref}
          className={buttonClass({ variant: inStudio ? "primary" : "secondary", className: "max-md:hidden" })}
        >
          <Upload aria-hidden strokeWidth={1.75} />
          {t("upload")}
        </Link>
      ) : null}
      {viewer === null ? (
        <>
          <DisplayMenu locale={locale} />
          <Link href="/login" className={buttonClass()}>
            {t("signIn")}
          </Link>
        </>
      ) : (
        <AccountTools viewer={viewer} locale={locale} />
      )}
    </div>
  );
};

/** Word mark, search in the middle, upload and account; stays at the upper edge. */
export const TopBar = ({ viewer, section }: { viewer: ShellViewer; section?: string | undefined }) => {
  const t = useTranslations("common");
  return (
    <header className="sticky top-0 z-30 grid h-14 grid-cols-[auto_1fr] items-center gap-4 bg-bg px-4 sm:grid-cols-[auto_minmax(0,1fr)_auto] md:px-6 lg:grid-cols-[1fr_minmax(0,560px)_1fr]">
      <HomeLink href={section === undefined ? "/" : "/studio"}>
        <WordMark name={t("appName")} section={section} />
      </HomeLink>
      <SearchBox className="mx-auto w-full max-w-[560px] max-sm:hidden" />
      <TopBarActions viewer={viewer} inStudio={section !== undefined} />
    </header>
  );
};
