"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PlaylistForm } from "#components/library/playlist-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { createPlaylist } from "#lib/api-client/library.ts";

/** Makes a playlist and goes there. */
export const NewPlaylistButton = () => {
  const [t, router] = [useTranslations("library.list"), useRouter()];
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("new")}
      </Button>
      <PlaylistForm
        key={String(open)}
        open={open}
        onOpenChange={setOpen}
        title={t("new")}
        submitLabel={t("create")}
        initial={{ title: "", description: "", visibility: "private" }}
        onSubmit={async (playlist) => router.push(`/playlists/${(await createPlaylist(playlist)).id}`)}
      />
    </>
  );
};
