import type { ReactNode } from "react";
import { SiteShell } from "../site-shell.tsx";

/** The player needs the whole width: no rail. */
export default function WatchLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="none" namespaces={["player", "watch", "sharing", "people"]}>
      {children}
    </SiteShell>
  );
}
