"use client";

import { EllipsisVertical } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MoreMenuProps } from "#components/player/base-more-menu.tsx";
import { PlayerMenuButton } from "#components/player/player-menu-button.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useMenuCode } from "#components/ui/use-menu-code.ts";

const base = onFirstUse(() => import("#components/player/base-more-menu.tsx"));

export type { MoreChoices } from "#components/player/base-more-menu.tsx";

const sign = <EllipsisVertical size={22} strokeWidth={1.75} aria-hidden />;

/** The menu of what is chosen seldom; its code is fetched as its button is pointed at. */
export const MoreMenu = (props: MoreMenuProps) => {
  const t = useTranslations("player");
  const { opened, closed } = useMenuCode(base);
  if (opened !== null) return <opened.code.MoreMenu {...props} shows={sign} opener={opened.opener} />;
  return (
    <PlayerMenuButton label={t("more")} shown={null} {...closed}>
      {sign}
    </PlayerMenuButton>
  );
};
