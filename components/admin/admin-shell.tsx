import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { adminSections } from "#components/admin/admin-sections.ts";
import { SettingsLink } from "#components/settings/settings-link.tsx";

/** The room of an admin page. On phones, which have no rail, the list of sections stands above it and moves sideways. */
export const AdminShell = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("admin");
  return (
    <div className="flex w-full max-w-[1500px] flex-col gap-5 px-4 pt-4 pb-20 md:px-8 md:pt-8">
      <nav aria-label={t("title")} className="md:hidden">
        <ul className="-mx-4 flex gap-1 overflow-x-auto px-4">
          {adminSections.map(({ href, name, icon: Icon }) => (
            <li key={href}>
              <SettingsLink href={href} exact={href === "/admin"} icon={<Icon aria-hidden strokeWidth={1.75} />}>
                {t(`sections.${name}`)}
              </SettingsLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  );
};
