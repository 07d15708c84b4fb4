import type { ReactNode } from "react";
import { DocsShell } from "#components/api-docs/docs-shell.tsx";
import { listAreas } from "#lib/web/openapi/docs/areas.ts";
import { SiteShell } from "../../site-shell.tsx";

/** The frame of the pages about the API: no rail, since they have a list of their own. */
export default function ApiDocsLayout({ children }: { children: ReactNode }) {
  return (
    <SiteShell rail="none" namespaces={["api-docs"]}>
      <DocsShell areas={listAreas()}>{children}</DocsShell>
    </SiteShell>
  );
}
