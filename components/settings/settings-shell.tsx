import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SettingsLink } from "#components/settings/settings-link.tsx";
import { settingsSections } from "#components/settings/settings-sections.ts";

/** The list of sections beside a page of the settings; above it, to be moved sideways, on phones. */
export const SettingsShell = ({ children }: { children: ReactNode }) => {
  const t = useTranslations();
  return (
    <div className="mx-auto flex w-full max-w-[1040px] flex-col gap-6 px-4 pt-6 pb-20 md:flex-row md:gap-12 md:px-6 md:pt-10">
      <nav aria-label={t("settings.title")} className="md:w-[200px] md:shrink-0">
        <p className="hidden px-2.5 pb-3 text-20 font-bold md:block">{t("settings.title")}</p>
        <ul className="-mx-4 flex gap-1 overflow-x-auto px-4 md:sticky md:top-20 md:mx-0 md:flex-col md:overflow-visible md:px-0">
          {settingsSections.map(({ href, label, icon: Icon }) => (
            <li key={href}>
              <SettingsLink href={href} icon={<Icon aria-hidden strokeWidth={1.75} />}>
                {t(label)}
              </SettingsLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 max-w-[720px] flex-1">{children}</div>
    </div>
  );
};
