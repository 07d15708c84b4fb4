"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { remember } from "#components/shell/remember.ts";
import { defaultTheme, isTheme, type Theme, themeCookie } from "#components/shell/theme.ts";
import { MenuChoice, MenuSeparator } from "#components/ui/menu.tsx";

/** Each language in its own words, so that who landed in a foreign one finds the way out. */
const languages = [
  { value: "en", label: "English", lang: "en" },
  { value: "uk", label: "Українська", lang: "uk" },
] as const;

/** Theme and language, as groups of a menu. Both take effect at once and are kept. */
export const DisplayChoices = ({ locale }: { locale: string }) => {
  const t = useTranslations("common");
  const router = useRouter();
  const [theme, setTheme] = useState<Theme>(defaultTheme);
  useEffect(() => {
    const shown = document.documentElement.dataset.theme;
    if (isTheme(shown)) setTheme(shown);
  }, []);
  const chooseTheme = (next: Theme) => {
    document.documentElement.dataset.theme = next;
    remember(themeCookie, next);
    setTheme(next);
  };
  return (
    <>
      <MenuChoice
        label={t("theme")}
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: "dark", label: t("themeDark") },
          { value: "light", label: t("themeLight") },
          { value: "system", label: t("themeSystem") },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={t("language")}
        value={locale}
        options={languages}
        onChange={(next) => {
          remember("locale", next);
          router.refresh();
        }}
      />
    </>
  );
};
