import type { ReactNode } from "react";
import { StudioProvider } from "#components/studio/studio-context.tsx";
import { listUploadChannels } from "#lib/channels/read-channels.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { SiteShell } from "../../(site)/site-shell.tsx";

/** The studio's frame. Uploads and the live list stand above its pages, so that going from one to the other stops nothing. */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  const mayUpload = viewer !== null && viewer.role !== "viewer";
  const channels = mayUpload ? await listUploadChannels(viewer) : [];
  return (
    <SiteShell
      rail="studio"
      namespaces={[
        "analytics",
        "caption-editor",
        "categories",
        "comment-queue",
        "people",
        "studio",
        "suggested-tags",
        "texts",
        "uploader",
        "failures",
        "player",
        "posters",
        "sharing",
        "watermarks",
      ]}
    >
      {mayUpload ? (
        <StudioProvider accountId={viewer.id} channels={channels}>
          {children}
        </StudioProvider>
      ) : (
        children
      )}
    </SiteShell>
  );
}
