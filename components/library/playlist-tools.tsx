"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmButton } from "#components/channels/confirm-button.tsx";
import { PlaylistForm } from "#components/library/playlist-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { deletePlaylist, patchPlaylist } from "#lib/api-client/library.ts";
import type { PlaylistDto } from "#lib/library/dto.ts";

/** What its owner may do with a playlist as a whole. */
export const PlaylistTools = ({ playlist }: { playlist: PlaylistDto }) => {
  const [t, common, router] = [useTranslations("library"), useTranslations("common"), useRouter()];
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id: playlistId, title, description, visibility } = playlist;
  const remove = async () => {
    setBusy(true);
    try {
      await deletePlaylist(playlistId);
      toast({ title: t("list.deleted") });
      router.push("/library");
      router.refresh();
    } catch {
      toast({ tone: "danger", title: t("failed") });
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Pencil aria-hidden strokeWidth={1.75} />
        {t("list.edit")}
      </Button>
      <ConfirmButton
        label={t("list.delete")}
        title={t("list.deleteTitle", { title })}
        text={t("list.deleteText")}
        busy={busy}
        onConfirm={remove}
      />
      <PlaylistForm
        key={String(open)}
        open={open}
        onOpenChange={setOpen}
        title={t("list.edit")}
        submitLabel={common("save")}
        initial={{ title, description, visibility }}
        onSubmit={async (patch) => {
          await patchPlaylist({ playlistId, patch });
          toast({ title: t("list.saved") });
          router.refresh();
        }}
      />
    </div>
  );
};
