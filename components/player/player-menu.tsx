"use client";

import type { ReactNode, RefObject } from "react";
import { PlayerMenuButton } from "#components/player/player-menu-button.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useMenuCode } from "#components/ui/use-menu-code.ts";

const base = onFirstUse(() => import("#components/player/base-player-menu.tsx"));

/** Choices of which one holds. */
export type ChoiceGroup = {
  label: string;
  value: string;
  options: readonly { value: string; label: string; note?: string | undefined; lang?: string | undefined }[];
  onChange: (value: string) => void;
};

/** What a `PlayerMenu` takes. */
export type PlayerMenuProps = {
  label: string;
  /** The words that the button shows, which its name has to hold (WCAG 2.5.3); null while there are none. */
  shown: string | null;
  /** What the button shows. */
  children: ReactNode;
  groups: readonly ChoiceGroup[];
  onOpenChange: (open: boolean) => void;
  /** The player: menus open inside it, so that they are there in full screen. */
  container: RefObject<HTMLElement | null>;
  align?: "start" | "end";
  className?: string;
};

/** A button of the control bar that opens one or more lists of choices upwards; their code is fetched as it is pointed at. */
export const PlayerMenu = (props: PlayerMenuProps) => {
  const { opened, closed } = useMenuCode(base);
  if (opened !== null) return <opened.code.PlayerMenu {...props} opener={opened.opener} />;
  const { label, shown, className, children } = props;
  return (
    <PlayerMenuButton label={label} shown={shown} className={className} {...closed}>
      {children}
    </PlayerMenuButton>
  );
};
