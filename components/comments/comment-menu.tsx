"use client";

import { Clock, EllipsisVertical, Eye, Pencil, Pin, PinOff, Trash2, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommentDeeds } from "#components/comments/use-comment-deeds.ts";
import type { ShownComment } from "#components/comments/use-comments.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";

const Ask = ({
  question,
  onClose,
}: {
  question: { title: string; text: string; label: string; deed: () => Promise<void> } | null;
  onClose: () => void;
}) => {
  const common = useTranslations("common");
  return (
    <Dialog
      open={question !== null}
      onOpenChange={onClose}
      title={question?.title ?? ""}
      description={question?.text ?? ""}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              void question?.deed();
            }}
          >
            {question?.label}
          </Button>
        </>
      }
    />
  );
};

const Moderation = ({ comment, deeds, onHide }: { comment: ShownComment; deeds: CommentDeeds; onHide: () => void }) => {
  const t = useTranslations("people.comments");
  const name = comment.author?.displayName ?? t("somebody");
  const held = comment.state === "held";
  return (
    <>
      {comment.parentId === null && comment.state === "shown" ? (
        <MenuItem
          icon={comment.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          onSelect={() => void deeds.pin(!comment.pinned)}
        >
          {comment.pinned ? t("unpin") : t("pin")}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={held ? <Eye aria-hidden /> : <Clock aria-hidden />}
        onSelect={() => void deeds.moderate(held ? "shown" : "held")}
      >
        {held ? t("show") : t("hold")}
      </MenuItem>
      {comment.own || comment.author === null || comment.author.ofChannel ? null : (
        <>
          <MenuSeparator />
          <MenuItem icon={<UserX aria-hidden />} tone="danger" onSelect={onHide}>
            {t("hide", { name })}
          </MenuItem>
        </>
      )}
    </>
  );
};

/** What may be done with a comment by whoever looks: their own, or as the channel. Nobody else has it. */
export const CommentMenu = ({
  comment,
  moderator,
  deeds,
  onEdit,
}: {
  comment: ShownComment;
  moderator: boolean;
  deeds: CommentDeeds;
  onEdit: () => void;
}) => {
  const t = useTranslations("people.comments");
  const [asked, setAsked] = useState<"delete" | "hide" | null>(null);
  if (comment.sending === true || comment.state === "gone") return null;
  const name = comment.author?.displayName ?? t("somebody");
  const questions = {
    delete: { title: t("deleteTitle"), text: t("deleteText"), label: t("delete"), deed: deeds.remove },
    hide: { title: t("hideTitle", { name }), text: t("hideText", { name }), label: t("hideConfirm"), deed: deeds.hide },
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton size="small" label={t("menu", { name })}>
            <EllipsisVertical aria-hidden strokeWidth={1.75} />
          </IconButton>
        }
      >
        {comment.own ? (
          <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
        ) : null}
        <MenuItem
          icon={<Trash2 aria-hidden />}
          tone="danger"
          onSelect={() => (comment.own ? setAsked("delete") : void deeds.remove())}
        >
          {comment.own ? t("delete") : t("remove")}
        </MenuItem>
        {moderator ? <Moderation comment={comment} deeds={deeds} onHide={() => setAsked("hide")} /> : null}
      </Menu>
      <Ask question={asked === null ? null : questions[asked]} onClose={() => setAsked(null)} />
    </>
  );
};
