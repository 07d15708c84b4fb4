import type { ReactNode } from "react";
import { SiteShell } from "../site-shell.tsx";

/** Pages of what people keep: subscriptions, playlists, history. */
export default function LibraryLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="site" namespaces={["library", "people"]}>
      {children}
    </SiteShell>
  );
}
