"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { CaptionDto } from "#lib/captions/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { CaptionRow } from "./caption-row.tsx";
import { EditorSection } from "./editor-section.tsx";
import { useCaptions } from "./use-captions.ts";
import { WriteCaptions } from "./write-captions.tsx";

const ConfirmDelete = ({
  caption,
  onClose,
  onConfirm,
}: {
  caption: CaptionDto | null;
  onClose: () => void;
  onConfirm: (caption: CaptionDto) => void;
}) => {
  const t = useTranslations("texts.captions");
  return (
    <Dialog
      open={caption !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("deleteTitle")}
      description={t("deleteText", { name: caption?.label ?? "" })}
      actions={
        <>
          <Button variant="danger" onClick={() => caption && onConfirm(caption)}>
            {t("confirm")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("keep")}
          </Button>
        </>
      }
    />
  );
};

/** The video's captions: brought, named, taken home, deleted. */
export const CaptionsSection = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("texts.captions");
  const { items, adding, add, edit, remove } = useCaptions(video);
  const input = useRef<HTMLInputElement>(null);
  const [doomed, setDoomed] = useState<CaptionDto | null>(null);
  return (
    <EditorSection id="captions" title={t("title")} about={t("about")}>
      {items === null || items.length === 0 ? (
        <p className="text-14 text-muted">{items === null ? null : t("none")}</p>
      ) : (
        <ul className="flex flex-col">
          {items.map((caption) => (
            <CaptionRow
              key={caption.id}
              videoId={video.id}
              caption={caption}
              onEdit={(patch) => edit(caption.id, patch)}
              onRemove={() => setDoomed(caption)}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <input
          ref={input}
          type="file"
          hidden
          accept=".srt,.vtt,.ass,.ssa,text/vtt,application/x-subrip"
          aria-label={t("add")}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file may be chosen again after it was mended.
            event.target.value = "";
            if (file !== undefined) void add(file);
          }}
        />
        <Button busy={adding} onClick={() => input.current?.click()}>
          <Plus aria-hidden strokeWidth={1.75} />
          {adding ? t("adding") : t("add")}
        </Button>
        <WriteCaptions videoId={video.id} spoken={video.language} />
      </div>
      <ConfirmDelete
        caption={doomed}
        onClose={() => setDoomed(null)}
        onConfirm={({ id }) => {
          remove(id);
          setDoomed(null);
        }}
      />
    </EditorSection>
  );
};
