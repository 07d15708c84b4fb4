"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type Props = {
  href: string;
  icon: ReactNode;
  label: string /** Marked while a page below it is open too. */;
  deep?: boolean;
};

/** One line of the rail; marked while its page is open. In the narrow rail its words are for screen readers and the title. */
export const NavLink = ({ href, icon, label, deep = false }: Props) => {
  const pathname = usePathname();
  const here = pathname === href || (deep && pathname.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      title={label}
      aria-current={here ? "page" : undefined}
      className="flex h-9 items-center gap-3.5 rounded-control px-2.5 text-15 text-muted transition-colors hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-5 [&_svg]:shrink-0"
    >
      {icon}
      <span className="sr-only truncate lg:group-data-[collapsed=false]/rail:not-sr-only">{label}</span>
    </Link>
  );
};

/** The same for the bar at the lower edge of phones. */
export const TabLink = ({ href, icon, label }: { href: string; icon: ReactNode; label: string }) => {
  const here = usePathname() === href;
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className="flex h-14 min-w-0 flex-auto flex-col items-center justify-center gap-0.5 text-12 text-muted aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-[22px]"
    >
      {icon}
      <span className="max-w-full truncate px-1">{label}</span>
    </Link>
  );
};
