"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

/**
 * The way home from the top bar. What it leads to is fetched ahead when it is pointed at or reached, and not on sight: every
 * page has it, and none should bring the script of another one.
 */
export const HomeLink = ({ href, children }: { href: string; children: ReactNode }) => {
  const router = useRouter();
  const warm = () => router.prefetch(href);
  return (
    <Link href={href} prefetch={false} onPointerEnter={warm} onFocus={warm} className="w-fit rounded-control">
      {children}
    </Link>
  );
};
