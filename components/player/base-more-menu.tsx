"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, StepBack, StepForward } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PlayerMenuFrame } from "#components/player/base-player-menu.tsx";
import type { MenuFrame } from "#components/player/control-menus.tsx";
import type { MenuOpener } from "#components/ui/use-menu-code.ts";

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

const rowClass =
  "flex items-center gap-2.5 rounded-control py-1.5 pr-3 pl-2 text-14 -outline-offset-2 data-[highlighted]:bg-player-hover";

const Switch = ({ on, onToggle, children }: { on: boolean; onToggle: () => void; children: ReactNode }) => (
  <Base.CheckboxItem checked={on} onCheckedChange={onToggle} className={rowClass}>
    <Check aria-hidden size={16} strokeWidth={2} className={on ? "shrink-0" : "invisible shrink-0"} />
    <span className="min-w-0 flex-1 break-words">{children}</span>
  </Base.CheckboxItem>
);

type DeedProps = { onPress: () => void; stays?: boolean; icon?: ReactNode; children: ReactNode };

/** What opens a window; or with `stays` what one presses again and again. */
const Deed = ({ onPress, stays = false, icon, children }: DeedProps) => (
  <Base.Item onClick={onPress} closeOnClick={!stays} className={rowClass}>
    <span aria-hidden className="flex w-4 shrink-0 justify-center">
      {icon}
    </span>
    <span className="min-w-0 flex-1 break-words">{children}</span>
  </Base.Item>
);

/** The menu of what is chosen seldom; its code has come. */
export const MoreMenu = ({ opener, shows, ...props }: MoreMenuProps & { opener: MenuOpener; shows: ReactNode }) => {
  const { onMenu, container, loop, autoplayNext, stats, onFrame, onCaptionStyle, onHelp } = props;
  const t = useTranslations("player");
  return (
    <PlayerMenuFrame
      label={t("more")}
      shown={null}
      shows={shows}
      opener={opener}
      onOpenChange={onMenu}
      container={container}
    >
      <Switch {...loop}>{t("loop")}</Switch>
      {autoplayNext === undefined ? null : <Switch {...autoplayNext}>{t("next.setting")}</Switch>}
      <Switch {...stats}>{t("stats.title")}</Switch>
      <Deed stays onPress={() => onFrame(-1)} icon={<StepBack size={16} strokeWidth={1.75} />}>
        {t("frameBack")}
      </Deed>
      <Deed stays onPress={() => onFrame(1)} icon={<StepForward size={16} strokeWidth={1.75} />}>
        {t("frameOn")}
      </Deed>
      {onCaptionStyle === undefined ? null : <Deed onPress={onCaptionStyle}>{t("captionStyle.open")}</Deed>}
      <Deed onPress={onHelp}>{t("keys.title")}</Deed>
    </PlayerMenuFrame>
  );
};
