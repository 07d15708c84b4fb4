"use client";

import { useTranslations } from "next-intl";
import type { ShownComment } from "#components/comments/use-comments.ts";
import { toast } from "#components/ui/toast.tsx";
import {
  deleteComment,
  hidePerson,
  moderateComment,
  patchComment,
  setCommentLiked,
  setCommentPinned,
} from "#lib/api-client/comments.ts";

/** What may be done with a comment of the page, and what becomes of it there. */
export type CommentDeeds = {
  like: () => Promise<void>;
  edit: (text: string) => Promise<void>;
  remove: () => Promise<void>;
  moderate: (state: "shown" | "held") => Promise<void>;
  pin: (pinned: boolean) => Promise<void>;
  hide: () => Promise<void>;
};

type Input = {
  comment: ShownComment;
  /** Handle of the video's channel. */
  channel: string;
  onChange: (comment: ShownComment) => void;
  onGone: (comment: ShownComment) => void;
  /** Called when the list is no longer what it was: somebody is hidden, something is pinned. */
  onReload: () => void;
};

/** Likes at once and takes back what was refused; all else waits for the answer and says what was done. */
export const useCommentDeeds = ({ comment, channel, onChange, onGone, onReload }: Input): CommentDeeds => {
  const t = useTranslations("people");
  const failed = () => toast({ tone: "danger", title: t("failed") });
  const attempt = async (deed: () => Promise<void>) => deed().catch(failed);
  const like = async () => {
    const liked = !comment.liked;
    onChange({ ...comment, liked, likes: Math.max(0, comment.likes + (liked ? 1 : -1)) });
    try {
      onChange(await setCommentLiked({ commentId: comment.id, liked }));
    } catch {
      onChange(comment);
      failed();
    }
  };
  const putBack = () =>
    attempt(async () => {
      await moderateComment({ commentId: comment.id, state: "shown" });
      toast({ title: t("comments.restored") });
      onReload();
    });
  const remove = () =>
    attempt(async () => {
      await deleteComment(comment.id);
      onGone(comment);
      if (comment.own) toast({ title: t("comments.deleted") });
      else toast({ title: t("comments.removed"), action: { label: t("undo"), onSelect: () => void putBack() } });
    });
  return {
    like,
    remove,
    edit: async (text) => onChange(await patchComment({ commentId: comment.id, text })),
    moderate: (state) => attempt(async () => onChange(await moderateComment({ commentId: comment.id, state }))),
    pin: (pinned) =>
      attempt(async () => {
        await setCommentPinned({ commentId: comment.id, pinned });
        onReload();
      }),
    hide: () =>
      attempt(async () => {
        if (comment.author === null) return;
        await hidePerson({ handle: channel, userId: comment.author.userId });
        toast({ title: t("comments.hideDone", { name: comment.author.displayName }) });
        onReload();
      }),
  };
};
