"use client";

import { useTranslations } from "next-intl";
import type { CommentView } from "#components/comments/use-comments.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toast.tsx";
import { setCommentsMode } from "#lib/api-client/comments.ts";
import type { CommentsMode } from "#lib/comments/dto.ts";

/** For those who may edit the video: whether it takes comments, and what waits for them. */
export const ChannelCommentControls = ({
  videoId,
  mode,
  view,
  onMode,
  onView,
}: {
  videoId: string;
  mode: CommentsMode;
  view: CommentView;
  onMode: (mode: CommentsMode) => void;
  onView: (view: CommentView) => void;
}) => {
  const t = useTranslations("people");
  const choose = async (next: CommentsMode) => {
    try {
      onMode((await setCommentsMode({ videoId, mode: next })).mode);
    } catch {
      toast({ tone: "danger", title: t("failed") });
    }
  };
  return (
    <>
      <Select
        label={t("comments.mode")}
        value={mode}
        options={[
          { value: "open", label: t("comments.modeOpen") },
          { value: "held", label: t("comments.modeHeld") },
          { value: "off", label: t("comments.modeOff") },
        ]}
        onChange={(next) => void choose(next)}
      />
      {mode === "off" ? null : (
        <Button aria-pressed={view === "held"} onClick={() => onView(view === "held" ? "top" : "held")}>
          {view === "held" ? t("comments.hideWaiting") : t("comments.showWaiting")}
        </Button>
      )}
    </>
  );
};
