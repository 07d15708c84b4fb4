"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  href: string;
  icon: ReactNode;
  children: ReactNode /** Only while this very page is open. */;
  exact?: boolean;
};

/** One line of the list of settings; marked, and brought into sight on phones, while its page or one below it is open. */
export const SettingsLink = ({ href, icon, children, exact = false }: Props) => {
  const pathname = usePathname();
  const link = useRef<HTMLAnchorElement>(null);
  const isOpen = pathname === href || (!exact && pathname.startsWith(`${href}/`));
  useEffect(() => {
    if (isOpen) link.current?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
  }, [isOpen]);
  return (
    <Link
      ref={link}
      href={href}
      aria-current={isOpen ? (pathname === href ? "page" : "true") : undefined}
      className="flex h-9 items-center gap-2.5 rounded-control px-2.5 text-14 whitespace-nowrap text-muted transition-colors hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink [&_svg]:size-[18px] [&_svg]:shrink-0"
    >
      {icon}
      {children}
    </Link>
  );
};
