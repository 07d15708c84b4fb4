"use client";

import { Settings } from "lucide-react";
import { useTranslations } from "next-intl";
import { DisplayChoices } from "#components/shell/display-choices.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";

/** Theme and language for people who are not signed in. */
export const DisplayMenu = ({ locale }: { locale: string }) => {
  const t = useTranslations("common");
  return (
    <Menu
      trigger={
        <IconButton label={t("settings")}>
          <Settings aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      }
    >
      <DisplayChoices locale={locale} />
    </Menu>
  );
};
