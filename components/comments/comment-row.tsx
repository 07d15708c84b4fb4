"use client";

import { Pin, ThumbsUp } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { CommentText } from "#components/comments/comment-text.tsx";
import { CommentForm, CommentMenu } from "#components/comments/for-writers.tsx";
import { type CommentDeeds, useCommentDeeds } from "#components/comments/use-comment-deeds.ts";
import type { ShownComment } from "#components/comments/use-comments.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Age } from "#components/video/age.tsx";

/** What every comment of a page knows of it. */
export type CommentPlace = {
  /** Handle of the video's channel. */
  channel: string;
  durationMs: number | null;
  signedIn: boolean;
  moderator: boolean;
  onReload: () => void;
};

const Head = ({ comment }: { comment: ShownComment }) => {
  const t = useTranslations("people.comments");
  const { author } = comment;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-13 text-muted">
      <span className="font-bold text-ink wrap-anywhere">{author?.displayName ?? t("somebody")}</span>
      {author === null ? null : <span className="wrap-anywhere">@{author.username}</span>}
      {author?.ofChannel === true ? (
        <span className="rounded-xs bg-raised px-1.5 text-12 font-medium">{t("byChannel")}</span>
      ) : null}
      {comment.sending === true ? <span>{t("sending")}</span> : <Age date={comment.createdAt} />}
      {comment.editedAt === null ? null : <span>({t("edited")})</span>}
    </p>
  );
};

const Marks = ({ comment }: { comment: ShownComment }) => {
  const t = useTranslations("people.comments");
  return (
    <>
      {comment.pinned ? (
        <p className="flex items-center gap-1.5 text-12 text-muted">
          <Pin aria-hidden className="size-3.5" />
          {t("pinned")}
        </p>
      ) : null}
      {comment.state === "held" || comment.state === "hidden" ? (
        <p className="text-12 font-medium text-warning">{t(comment.state)}</p>
      ) : null}
    </>
  );
};

const LikeButton = ({
  comment,
  signedIn,
  deeds,
}: {
  comment: ShownComment;
  signedIn: boolean;
  deeds: CommentDeeds;
}) => {
  const [t, format] = [useTranslations("people.comments"), useFormatter()];
  const spoken = `${t("like")}, ${t("likes", { count: comment.likes })}`;
  const look = "touch tabular flex h-[30px] items-center gap-1.5 rounded-control px-2 text-13 text-muted";
  const count = comment.likes === 0 ? null : <span aria-hidden>{format.number(comment.likes)}</span>;
  const icon = (
    <ThumbsUp
      aria-hidden
      size={16}
      strokeWidth={1.75}
      className={comment.liked ? "fill-current text-ink" : undefined}
    />
  );
  if (!signedIn || comment.sending === true) {
    return comment.likes === 0 ? null : (
      <span className={look}>
        {icon}
        {count}
        <span className="sr-only">{t("likes", { count: comment.likes })}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-label={spoken}
      aria-pressed={comment.liked}
      onClick={() => void deeds.like()}
      className={`${look} hover:bg-raised hover:text-ink`}
    >
      {icon}
      {count}
    </button>
  );
};

/** One comment or reply: its words and what may be done with it. `children` come below: answers, or a field for one. */
export const CommentRow = ({
  comment,
  place,
  small = false,
  onReply,
  onChange,
  onGone,
  children,
}: {
  comment: ShownComment;
  place: CommentPlace;
  small?: boolean;
  /** Absent where nobody may answer. */
  onReply?: (() => void) | undefined;
  onChange: (comment: ShownComment) => void;
  onGone: (comment: ShownComment) => void;
  children?: ReactNode;
}) => {
  const [t, common] = [useTranslations("people.comments"), useTranslations("common")];
  const [editing, setEditing] = useState(false);
  const { channel, onReload } = place;
  const deeds = useCommentDeeds({ comment, channel, onChange, onGone, onReload });
  const edit = async (text: string) => {
    await deeds.edit(text);
    setEditing(false);
  };
  if (comment.state === "gone") {
    return (
      <article className="flex flex-col gap-2">
        <p className="text-14 text-muted">{t("gone")}</p>
        {children}
      </article>
    );
  }
  return (
    <article id={`comment-${comment.id}`} className="flex gap-3" aria-busy={comment.sending}>
      <Avatar
        name={comment.author?.displayName ?? "?"}
        src={comment.author?.avatarUrl ?? null}
        size={small ? 24 : 40}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <Marks comment={comment} />
        <div className="flex items-start gap-2 [&>button]:-my-1.5">
          <div className="min-w-0 flex-1">
            <Head comment={comment} />
          </div>
          {comment.own || place.moderator ? (
            <CommentMenu comment={comment} moderator={place.moderator} deeds={deeds} onEdit={() => setEditing(true)} />
          ) : null}
        </div>
        {editing ? (
          <CommentForm
            label={t("edit")}
            initial={comment.text ?? ""}
            submitLabel={common("save")}
            opened
            onSend={edit}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <>
            {comment.repliedTo === null ? null : <span className="text-13 text-muted">@{comment.repliedTo}</span>}
            <CommentText videoId={comment.videoId} text={comment.text ?? ""} durationMs={place.durationMs} />
          </>
        )}
        <div className="-ml-2 flex items-center gap-1">
          <LikeButton comment={comment} signedIn={place.signedIn} deeds={deeds} />
          {onReply === undefined || comment.sending === true ? null : (
            <button
              type="button"
              onClick={onReply}
              className="touch h-[30px] rounded-control px-2 text-13 font-medium text-muted hover:bg-raised hover:text-ink"
            >
              {t("reply")}
            </button>
          )}
        </div>
        {children}
      </div>
    </article>
  );
};
