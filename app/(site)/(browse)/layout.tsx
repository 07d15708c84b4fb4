import type { ReactNode } from "react";
import { SiteShell } from "../site-shell.tsx";

/** Pages to look around in: home, search, channels. */
export default function BrowseLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="site" namespaces={["people"]}>
      {children}
    </SiteShell>
  );
}
