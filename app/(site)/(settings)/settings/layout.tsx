import type { ReactNode } from "react";
import { settingsSections } from "#components/settings/settings-sections.ts";
import { SettingsShell } from "#components/settings/settings-shell.tsx";
import { SiteShell } from "../../site-shell.tsx";

const namespaces = [...new Set(settingsSections.flatMap((section) => section.namespaces))];

/** The frame of all pages of the settings. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="site" namespaces={namespaces}>
      <SettingsShell>{children}</SettingsShell>
    </SiteShell>
  );
}
