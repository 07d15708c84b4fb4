import type { ReactNode } from "react";
import { SiteShell } from "../site-shell.tsx";

/** Account forms: no rail, nothing else to look at. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="none" namespaces={["auth", "external", "account-mails", "notifications"]}>
      {children}
    </SiteShell>
  );
}
