"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { CommentView } from "#components/comments/use-comments.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import type { CommentsMode } from "#lib/comments/dto.ts";

const ChannelCommentControls = dynamic(() =>
  import("#components/comments/channel-comment-controls.tsx").then((module) => module.ChannelCommentControls),
);

/** The order of the comments, and for the channel what it decides about them. */
export const CommentControls = ({
  videoId,
  mode,
  view,
  moderator,
  onMode,
  onView,
}: {
  videoId: string;
  mode: CommentsMode;
  view: CommentView;
  moderator: boolean;
  onMode: (mode: CommentsMode) => void;
  onView: (view: CommentView) => void;
}) => {
  const t = useTranslations("people.comments");
  return (
    <div className="flex flex-wrap items-center gap-2">
      {mode === "off" || view === "held" ? null : (
        <Menu
          align="start"
          trigger={
            <Button aria-label={`${t("sort")}: ${t(view)}`}>
              {t(view)}
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          <MenuChoice
            label={t("sort")}
            value={view}
            options={[
              { value: "top", label: t("top") },
              { value: "newest", label: t("newest") },
            ]}
            onChange={onView}
          />
        </Menu>
      )}
      {moderator ? <ChannelCommentControls {...{ videoId, mode, view, onMode, onView }} /> : null}
    </div>
  );
};
