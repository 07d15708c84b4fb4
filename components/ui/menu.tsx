"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { popupClass, popupItemClass } from "#components/ui/popup-class.ts";

/** A button that opens a list of actions. `trigger` is the button element; `children` are the parts below. */
export const Menu = ({
  trigger,
  align = "end",
  side = "bottom",
  children,
}: {
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}) => (
  <Base.Root modal={false}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-50 outline-none">
        <Base.Popup className={popupClass}>{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);

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

/** A titled group in which one choice holds. */
export const MenuChoice = <Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
}) => (
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
