"use client";

import { EllipsisVertical } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MenuFrame } from "#components/player/control-menus.tsx";
import { PlayerMenuButton } from "#components/player/player-menu-button.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useMenuCode } from "#components/ui/use-menu-code.ts";

const base = onFirstUse(() => import("#components/player/base-more-menu.tsx"));

/** What is chosen seldom, and so has no button of its own. */
export type MoreChoices = {
  loop: { on: boolean; onToggle: () => void };
  /** Absent where nothing can play afterwards. */
  autoplayNext: { on: boolean; onToggle: () => void } | undefined;
  stats: { on: boolean; onToggle: () => void };
  onFrame: (step: 1 | -1) => void;
  /** Absent for a video without captions. */
  onCaptionStyle: (() => void) | undefined;
  onHelp: () => void;
};

/** What a `MoreMenu` takes. */
export type MoreMenuProps = MenuFrame & MoreChoices;

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
