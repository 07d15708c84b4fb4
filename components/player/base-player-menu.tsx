"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { PlayerMenuButton } from "#components/player/player-menu-button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { MenuOpener } from "#components/ui/use-menu-code.ts";
import { useOpensAsItComes } from "#components/ui/use-opens-as-it-comes.ts";

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

const Choices = ({ label, value, options, onChange }: ChoiceGroup) => (
  <Base.Group>
    <Base.GroupLabel className="px-2.5 pt-1 pb-1.5 text-12 font-medium text-player-muted">{label}</Base.GroupLabel>
    <Base.RadioGroup value={value} onValueChange={(next: string) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem
          key={option.value}
          value={option.value}
          closeOnClick
          className="tabular flex items-center gap-2.5 rounded-control py-1.5 pr-3 pl-2 text-14 -outline-offset-2 data-[highlighted]:bg-player-hover"
        >
          <Check
            aria-hidden
            size={16}
            strokeWidth={2}
            className={classNames("shrink-0", option.value !== value && "invisible")}
          />
          <span lang={option.lang} className="min-w-0 flex-1 break-words">
            {option.label}
          </span>
          {option.note === undefined ? null : <span className="text-12 text-player-muted">{option.note}</span>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  </Base.Group>
);

/** A list that is too long for a low player scrolls: below the bar there is no room, and focus would push the picture away. */
const upwards = { side: "none", align: "shift", fallbackAxisSide: "none" } as const;

/**
 * Opens a menu on the choice that holds, where Base UI takes the first one of all: at once by keyboard, and with a pointer
 * unless that lies on a choice already.
 */
const useStartAtChosen = () => {
  const popup = useRef<HTMLDivElement>(null);
  const opening = useRef(false);
  const focusChosen = () => {
    opening.current = false;
    popup.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
  };
  const onOpen = (open: boolean) => {
    opening.current = open;
  };
  const onOpened = (open: boolean) => {
    if (open && opening.current) focusChosen();
  };
  const onHighlighted = (item: HTMLElement | undefined, { reason }: { reason: string }) => {
    if (!opening.current || item === undefined) return;
    if (reason === "pointer") opening.current = false;
    else focusChosen();
  };
  return { popup, onOpen, onOpened, onHighlighted };
};

const popupClass =
  "appear flex max-h-(--available-height) max-w-80 min-w-40 flex-col gap-1.5 overflow-y-auto rounded-media bg-player-raised p-1.5 text-player-text shadow-float outline-none";

/** What a menu takes whose code has come. */
export type PlayerMenuFrameProps = Omit<PlayerMenuProps, "groups"> & {
  opener: MenuOpener;
  /** What the button shows. */
  shows: ReactNode;
};

/** A button of the control bar and what opens above it, inside the player. It opens as it comes, and by its button from then on. */
export const PlayerMenuFrame = (props: PlayerMenuFrameProps) => {
  const { label, shown, shows, opener, onOpenChange, container, align = "end", className, children } = props;
  const [open, setOpen] = useState(false);
  const { popup, onOpen, onOpened, onHighlighted } = useStartAtChosen();
  const change = (next: boolean) => {
    setOpen(next);
    onOpen(next);
    onOpenChange(next);
  };
  const button = useOpensAsItComes(opener, () => change(true));
  return (
    <Base.Root
      modal={false}
      open={open}
      onOpenChange={(next) => change(next)}
      onOpenChangeComplete={onOpened}
      onItemHighlighted={onHighlighted}
    >
      <Base.Trigger
        ref={button}
        render={
          <PlayerMenuButton label={label} shown={shown} className={className}>
            {shows}
          </PlayerMenuButton>
        }
      />
      <Base.Portal container={container}>
        <Base.Positioner
          side="top"
          align={align}
          sideOffset={10}
          collisionPadding={8}
          collisionAvoidance={upwards}
          className="z-20 outline-none"
        >
          <Base.Popup ref={popup} className={popupClass}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};

/** Lists of choices, see `player-menu.tsx`. */
export const PlayerMenu = ({ groups, children, ...frame }: PlayerMenuProps & { opener: MenuOpener }) => (
  <PlayerMenuFrame {...frame} shows={children}>
    {groups.map((group) => (
      <Choices key={group.label} {...group} />
    ))}
  </PlayerMenuFrame>
);
