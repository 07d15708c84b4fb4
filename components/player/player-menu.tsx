"use client";

import type { PlayerMenuProps } from "#components/player/base-player-menu.tsx";
import { PlayerMenuButton } from "#components/player/player-menu-button.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useMenuCode } from "#components/ui/use-menu-code.ts";

const base = onFirstUse(() => import("#components/player/base-player-menu.tsx"));

export type { ChoiceGroup } from "#components/player/base-player-menu.tsx";

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
