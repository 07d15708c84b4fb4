"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { remember } from "#components/shell/remember.ts";

/** The left rail: icons only below 1024 px, with words above unless collapsed. The choice is kept in the cookie `rail`. */
export const RailFrame = ({
  startsCollapsed,
  label,
  collapseLabel,
  expandLabel,
  children,
}: {
  startsCollapsed: boolean;
  label: string;
  collapseLabel: string;
  expandLabel: string;
  children: ReactNode;
}) => {
  const [collapsed, setCollapsed] = useState(startsCollapsed);
  const toggle = () => {
    remember("rail", collapsed ? "open" : "collapsed");
    setCollapsed(!collapsed);
  };
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <div
      data-collapsed={collapsed}
      className="group/rail sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-16 shrink-0 flex-col justify-between overflow-y-auto px-3 pt-2 pb-3 md:flex lg:data-[collapsed=false]:w-[252px]"
    >
      <nav aria-label={label}>{children}</nav>
      <button
        type="button"
        onClick={toggle}
        aria-expanded={!collapsed}
        aria-label={collapsed ? expandLabel : collapseLabel}
        className="hidden h-9 items-center gap-3.5 rounded-control px-2.5 text-14 text-faint transition-colors hover:bg-raised hover:text-ink lg:flex"
      >
        <Icon aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
        <span className="hidden truncate group-data-[collapsed=false]/rail:inline">{collapseLabel}</span>
      </button>
    </div>
  );
};
