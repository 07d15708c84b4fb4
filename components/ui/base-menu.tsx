"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { popupClass, popupItemClass } from "#components/ui/popup-class.ts";
import type { MenuOpener } from "#components/ui/use-menu-code.ts";
import { useOpensAsItComes } from "#components/ui/use-opens-as-it-comes.ts";

/** What a `Menu` takes. */
export type MenuProps = {
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  /** It opens as it comes: its button was pressed before its code was there. */
  opener: MenuOpener;
  children: ReactNode;
};

/** A menu that opens as it comes, and by its button from then on. */
export const Menu = ({ trigger, align = "end", side = "bottom", opener, children }: MenuProps) => {
  const [open, setOpen] = useState(false);
  const button = useOpensAsItComes(opener, () => setOpen(true));
  return (
    <Base.Root modal={false} open={open} onOpenChange={(next) => setOpen(next)}>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className={popupClass}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};

/** An action. */
export const MenuItem = ({
  icon,
  tone = "plain",
  disabled = false,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  tone?: "plain" | "danger";
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) => (
  <Base.Item
    disabled={disabled}
    onClick={onSelect}
    className={classNames(popupItemClass, tone === "danger" && "text-danger [&_svg]:text-danger")}
  >
    {icon}
    {children}
  </Base.Item>
);

/** A link inside a menu. `render` is the link element (`<Link href=…/>`). */
export const MenuLink = ({
  icon,
  render,
  children,
}: {
  icon?: ReactNode;
  render: ReactElement;
  children: ReactNode;
}) => (
  <Base.LinkItem render={render} closeOnClick className={popupItemClass}>
    {icon}
    {children}
  </Base.LinkItem>
);

/** What a `MenuChoice` takes. */
export type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
};

/** A titled group in which one choice holds. */
export const MenuChoice = <Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) => (
  <Base.Group>
    <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-12 font-medium text-muted">{label}</Base.GroupLabel>
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem
          key={option.value}
          value={option.value}
          lang={option.lang}
          closeOnClick
          className={classNames(popupItemClass, "py-1.5")}
        >
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  </Base.Group>
);

/** A thin line between groups. */
export const MenuSeparator = () => <Base.Separator className="mx-2.5 my-1.5 h-px bg-line" />;
