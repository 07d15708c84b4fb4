import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AdminNavigation } from "#components/admin/admin-navigation.tsx";
import { BottomBar } from "#components/shell/bottom-bar.tsx";
import { RailFrame } from "#components/shell/rail-frame.tsx";
import type { ShellViewer } from "#components/shell/shell-viewer.ts";
import { SiteNavigation } from "#components/shell/site-navigation.tsx";
import { StudioNavigation } from "#components/shell/studio-navigation.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";

/** What an `AppShell` takes. */
export type AppShellProps = {
  viewer: ShellViewer;
  /** `none` for pages that need the whole width (watch). */
  rail: "site" | "studio" | "admin" | "none";
  /** As the cookie `rail` has it. */
  railCollapsed?: boolean;
  /** Something about the account that the page begins with. */
  notice?: ReactNode;
  children: ReactNode;
};

const Rail = ({ viewer, rail }: Pick<AppShellProps, "viewer" | "rail">) => {
  if (rail === "admin") return <AdminNavigation />;
  return rail === "studio" ? <StudioNavigation /> : <SiteNavigation viewer={viewer} />;
};

/** Skip link, top bar, left rail, bottom bar on phones, and the one `<main>`. Pages bring their own padding and `<h1>`. */
export const AppShell = ({ viewer, rail, railCollapsed = false, notice, children }: AppShellProps) => {
  const t = useTranslations("common");
  const main = (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
      {notice}
      {children}
    </main>
  );
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-3 py-2 font-medium text-bg focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      <TopBar viewer={viewer} section={rail === "studio" || rail === "admin" ? t(rail) : undefined} />
      {rail === "none" ? (
        <div className="flex flex-1">{main}</div>
      ) : (
        <div className="flex flex-1 pb-[calc(57px+env(safe-area-inset-bottom))] md:pb-0">
          <RailFrame
            startsCollapsed={railCollapsed}
            label={t("mainNavigation")}
            collapseLabel={t("collapseNavigation")}
            expandLabel={t("expandNavigation")}
          >
            <Rail viewer={viewer} rail={rail} />
          </RailFrame>
          {main}
        </div>
      )}
      {rail === "none" ? null : <BottomBar viewer={viewer} />}
    </div>
  );
};
