"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** One line of the list of settings; marked while its page is open. */
export const SettingsLink = ({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) => (
  <Link
    href={href}
    aria-current={usePathname() === href ? "page" : undefined}
    className="flex h-9 items-center gap-2.5 rounded-control px-2.5 text-14 whitespace-nowrap text-muted transition-colors hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-[18px] [&_svg]:shrink-0"
  >
    {icon}
    {children}
  </Link>
);
