"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type CommentPlace, CommentRow } from "#components/comments/comment-row.tsx";
import { CommentForm } from "#components/comments/for-writers.tsx";
import type { CommentWriter, ShownComment } from "#components/comments/use-comments.ts";
import { useReplies } from "#components/comments/use-replies.ts";
import { Button } from "#components/ui/button.tsx";

type Replies = ReturnType<typeof useReplies>;

const ReplyList = ({
  root,
  replies,
  place,
  onReply,
  onGone,
}: {
  root: ShownComment;
  replies: Replies;
  place: CommentPlace;
  onReply: ((answered: ShownComment) => void) | undefined;
  onGone: (comment: ShownComment) => void;
}) => {
  const t = useTranslations("people");
  return (
    <div className="mt-2 flex flex-col gap-3">
      <ol className="flex flex-col gap-3">
        {replies.items.map((reply) => (
          <li key={reply.id}>
            <CommentRow
              small
              comment={reply}
              place={place}
              onReply={onReply === undefined ? undefined : () => onReply(reply)}
              onChange={replies.change}
              onGone={onGone}
            />
          </li>
        ))}
      </ol>
      <p role="status" className={replies.state === "failed" ? "text-13 text-danger" : "text-13 text-muted"}>
        {replies.state === "loading" ? t("comments.loading") : replies.state === "failed" ? t("failed") : null}
      </p>
      {replies.more === null ? null : (
        <Button size="small" className="w-fit" onClick={() => void replies.read(replies.more ?? undefined)}>
          {t("comments.moreReplies")}
        </Button>
      )}
      {replies.state === "failed" && replies.items.length < root.replies ? (
        <Button size="small" className="w-fit" onClick={() => void replies.read()}>
          {t("comments.moreReplies")}
        </Button>
      ) : null}
    </div>
  );
};

/** What began a thread, its answers once somebody wants to read them, and the field for another one. */
export const CommentThread = ({
  root,
  opened,
  place,
  writer,
  mayReply,
  onChange,
  onGone,
  onCount,
}: {
  root: ShownComment;
  /** Shows its replies from the beginning. */
  opened: boolean;
  place: CommentPlace;
  writer: CommentWriter | null;
  mayReply: boolean;
  onChange: (comment: ShownComment) => void;
  onGone: (comment: ShownComment) => void;
  onCount: (by: number) => void;
}) => {
  const t = useTranslations("people.comments");
  const [answered, setAnswered] = useState<ShownComment | null>(null);
  const count = (by: number) => {
    onChange({ ...root, replies: Math.max(0, root.replies + by) });
    onCount(by);
  };
  const replies = useReplies({ root, opened, writer, onCount: count });
  const send = async (text: string) => {
    if (answered !== null) await replies.send({ text, answered });
    setAnswered(null);
  };
  const dropReply = (reply: ShownComment) => {
    replies.drop(reply.id);
    if (reply.state === "shown") count(-1);
  };
  const Arrow = replies.open ? ChevronUp : ChevronDown;
  return (
    <CommentRow
      comment={root}
      place={place}
      onReply={mayReply ? () => setAnswered(root) : undefined}
      onChange={onChange}
      onGone={onGone}
    >
      {answered === null ? null : (
        <CommentForm
          key={answered.id}
          label={t("replyTo", { name: answered.author?.displayName ?? t("somebody") })}
          submitLabel={t("reply")}
          opened
          onSend={send}
          onCancel={() => setAnswered(null)}
        />
      )}
      {root.replies > 0 || replies.items.length > 0 ? (
        <button
          type="button"
          aria-expanded={replies.open}
          onClick={replies.toggle}
          className="-ml-2 flex h-[30px] w-fit items-center gap-1.5 rounded-control px-2 text-13 font-medium text-ink hover:bg-raised"
        >
          <Arrow aria-hidden size={16} strokeWidth={1.75} />
          {replies.open ? t("hideReplies") : t("replies", { count: Math.max(root.replies, replies.items.length) })}
        </button>
      ) : null}
      {replies.open ? (
        <ReplyList
          root={root}
          replies={replies}
          place={place}
          onReply={mayReply ? setAnswered : undefined}
          onGone={dropReply}
        />
      ) : null}
    </CommentRow>
  );
};
