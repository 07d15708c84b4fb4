"use client";

import { KeyRound, MoreHorizontal, Pencil, Power, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";

/** What the menu of a webhook offers to do. */
export type WebhookAction = "edit" | "secret" | "switch" | "delete";

/** Everything one does seldom with a webhook. */
export const WebhookMenu = ({ active, onChoose }: { active: boolean; onChoose: (action: WebhookAction) => void }) => {
  const t = useTranslations("webhooks");
  const icon = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <Menu
      trigger={
        <IconButton label={t("actions.more")} size="small">
          <MoreHorizontal {...icon} />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil {...icon} />} onSelect={() => onChoose("edit")}>
        {t("actions.edit")}
      </MenuItem>
      <MenuItem icon={<KeyRound {...icon} />} onSelect={() => onChoose("secret")}>
        {t("secret.renew")}
      </MenuItem>
      <MenuItem icon={<Power {...icon} />} onSelect={() => onChoose("switch")}>
        {active ? t("states.disable") : t("states.enable")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 {...icon} />} tone="danger" onSelect={() => onChoose("delete")}>
        {t("actions.delete")}
      </MenuItem>
    </Menu>
  );
};
