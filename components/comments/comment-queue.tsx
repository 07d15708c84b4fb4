"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommentText } from "#components/comments/comment-text.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { Age } from "#components/video/age.tsx";
import { moderateComment } from "#lib/api-client/comments.ts";
import type { ChannelCommentPageDto, Moderation } from "#lib/comments/dto.ts";

type Queued = ChannelCommentPageDto["items"][number];
type Deed = (state: Moderation["state"]) => void;

const Deeds = ({ item: { comment }, onDeed, busy }: { item: Queued; onDeed: Deed; busy: boolean }) => {
  const [t, people] = [useTranslations("comment-queue"), useTranslations("people.comments")];
  const name = comment.author?.displayName ?? people("somebody");
  const held = comment.state === "held";
  const first = held ? ("show" as const) : ("hold" as const);
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button
        disabled={busy}
        aria-label={t("named", { deed: t(first), name })}
        onClick={() => onDeed(held ? "shown" : "held")}
      >
        {t(first)}
      </Button>
      <Button
        variant="ghost"
        disabled={busy}
        aria-label={t("named", { deed: t("remove"), name })}
        onClick={() => onDeed("removed")}
      >
        {t("remove")}
      </Button>
    </div>
  );
};

const Row = ({ item, onDeed, busy }: { item: Queued; onDeed: Deed; busy: boolean }) => {
  const [t, people] = [useTranslations("comment-queue"), useTranslations("people.comments")];
  const { comment, video } = item;
  const name = comment.author?.displayName ?? people("somebody");
  return (
    <li className="flex gap-3 border-b border-line py-4 last:border-b-0">
      <Avatar name={name} src={comment.author?.avatarUrl ?? null} size={40} />
      <article className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-13 text-muted">
          <span className="font-bold text-ink wrap-anywhere">{name}</span>
          {comment.author === null ? null : <span className="wrap-anywhere">@{comment.author.username}</span>}
          <Age date={comment.createdAt} />
          {comment.state === "hidden" ? <span className="font-medium text-warning">{people("hidden")}</span> : null}
        </p>
        <p className="text-13 text-muted wrap-anywhere">
          {t.rich("on", {
            title: video.title,
            link: (text) => (
              <Link
                href={`/watch/${video.id}?comment=${comment.id}`}
                prefetch={false}
                className="underline decoration-faint underline-offset-3 hover:text-ink"
              >
                {text}
              </Link>
            ),
          })}
        </p>
        <CommentText videoId={video.id} text={comment.text ?? ""} durationMs={video.durationMs} />
        <Deeds item={item} onDeed={onDeed} busy={busy} />
      </article>
    </li>
  );
};

const done = { shown: "shownDone", held: "heldDone", removed: "removedDone" } as const;

/** Comments that wait, or the latest ones; what was decided about leaves the list and can be put back for a moment. */
export const CommentQueue = ({ first }: { first: readonly Queued[] }) => {
  const [t, people] = [useTranslations("comment-queue"), useTranslations("people")];
  const [items, setItems] = useState(first);
  const [busyId, setBusyId] = useState<string | null>(null);
  const failed = () => toast({ tone: "danger", title: people("failed") });
  const putBack = async (item: Queued) => {
    const { id, state } = item.comment;
    try {
      await moderateComment({ commentId: id, state: state === "held" ? "held" : "shown" });
      // To where it stood: ids of version 7 sort by time, the newest first.
      setItems((known) => [...known, item].toSorted((a, b) => (a.comment.id < b.comment.id ? 1 : -1)));
    } catch {
      failed();
    }
  };
  const decide = async (item: Queued, state: Moderation["state"]) => {
    setBusyId(item.comment.id);
    try {
      await moderateComment({ commentId: item.comment.id, state });
      setItems((known) => known.filter(({ comment }) => comment.id !== item.comment.id));
      toast({ title: t(done[state]), action: { label: people("undo"), onSelect: () => void putBack(item) } });
    } catch {
      failed();
    } finally {
      setBusyId(null);
    }
  };
  return (
    <ul className="flex flex-col">
      {items.map((item) => (
        <Row
          key={item.comment.id}
          item={item}
          busy={busyId === item.comment.id}
          onDeed={(state) => void decide(item, state)}
        />
      ))}
    </ul>
  );
};
