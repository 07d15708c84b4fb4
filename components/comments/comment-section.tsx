"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { CommentControls } from "#components/comments/comment-controls.tsx";
import type { CommentPlace } from "#components/comments/comment-row.tsx";
import { CommentThread } from "#components/comments/comment-thread.tsx";
import { CommentForm } from "#components/comments/for-writers.tsx";
import { type CommentWriter, type ShownComment, useComments } from "#components/comments/use-comments.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import type { CommentInPlaceDto, CommentPageDto } from "#lib/comments/dto.ts";

/** What the comments under a video take. */
export type CommentSectionProps = {
  videoId: string;
  /** Handle of the video's channel. */
  channel: string;
  durationMs: number | null;
  /** The page that the server drew. */
  first: CommentPageDto;
  /** Null for strangers. */
  writer: CommentWriter | null;
  /** The comment that a link named: its thread stands first, open when it is a reply. */
  linked: CommentInPlaceDto | null;
};

type Comments = ReturnType<typeof useComments>;

const Write = ({
  comments,
  writer,
  videoId,
}: {
  comments: Comments;
  writer: CommentWriter | null;
  videoId: string;
}) => {
  const t = useTranslations("people");
  if (writer === null) {
    return (
      <Link
        href={`/login?next=${encodeURIComponent(`/watch/${videoId}`)}`}
        className={buttonClass({ className: "w-fit" })}
      >
        {t("signInTo.comment")}
      </Link>
    );
  }
  return (
    <div className="flex gap-3">
      <Avatar name={writer.displayName} src={writer.avatarUrl} size={40} />
      <CommentForm label={t("comments.write")} submitLabel={t("comments.send")} onSend={comments.send} />
    </div>
  );
};

const Threads = ({
  comments,
  place,
  writer,
  openId,
}: {
  comments: Comments;
  place: CommentPlace;
  writer: CommentWriter | null;
  /** The thread whose replies are shown from the beginning. */
  openId: string | null;
}) => {
  const t = useTranslations("people.comments");
  const { page, items, view, state } = comments;
  const held = view === "held";
  const top = held || page.pinned === null ? [] : [page.pinned];
  const rest = items.filter(({ id }) => !top.some((one) => one.id === id));
  const gone = (comment: ShownComment) => {
    if (comment.replies > 0 && !held) comments.change({ ...comment, state: "gone", text: null, author: null });
    else comments.drop(comment.id);
    if (comment.state === "shown") comments.count(-1);
  };
  if (top.length + rest.length === 0 && state !== "loading") {
    return (
      <p className="text-14 text-muted">{t(held ? "nothingWaits" : writer === null ? "emptyStranger" : "empty")}</p>
    );
  }
  return (
    <ol className="flex flex-col gap-5">
      {[...top, ...rest].map((root) => (
        <li key={root.id}>
          <CommentThread
            root={root}
            opened={root.id === openId}
            place={place}
            writer={writer}
            mayReply={page.mayComment && !held}
            onChange={comments.change}
            onGone={gone}
            onCount={comments.count}
          />
        </li>
      ))}
    </ol>
  );
};

/** The comments under a video: the server's first page, then whatever the person does. */
export const CommentSection = ({ videoId, channel, durationMs, first, writer, linked }: CommentSectionProps) => {
  const [t, common] = [useTranslations("people"), useTranslations("common")];
  const linkedRoot = linked?.root ?? linked?.comment ?? null;
  const linkedId = linkedRoot?.id;
  useEffect(() => {
    if (linkedId !== undefined) document.getElementById(`comment-${linkedId}`)?.scrollIntoView({ block: "center" });
  }, [linkedId]);
  const comments = useComments({ videoId, first, linked: linkedRoot, writer });
  const { page, view, state } = comments;
  const reload = () => void comments.read(view);
  const place = { channel, durationMs, signedIn: writer !== null, moderator: page.mayModerate, onReload: reload };
  if (page.mode === "off" && !page.mayModerate) {
    return <p className="text-14 text-muted">{t("comments.off")}</p>;
  }
  return (
    <section aria-labelledby="comments-title" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="comments-title" className="text-16 font-bold">
          {t("comments.title", { count: page.count })}
        </h2>
        <CommentControls
          videoId={videoId}
          mode={page.mode}
          view={view}
          moderator={page.mayModerate}
          onMode={() => void comments.read("top")}
          onView={(next) => void comments.read(next)}
        />
      </div>
      {page.mode === "off" ? (
        <p className="text-14 text-muted">{t("comments.off")}</p>
      ) : (
        <>
          {page.mayComment || writer === null ? <Write comments={comments} writer={writer} videoId={videoId} /> : null}
          <Threads comments={comments} place={place} writer={writer} openId={linked?.root?.id ?? null} />
        </>
      )}
      <p role="status" className={state === "failed" ? "text-14 text-danger" : "sr-only"}>
        {state === "loading" ? t("comments.loading") : state === "failed" ? t("failed") : null}
      </p>
      {page.nextCursor === null ? null : (
        <Button
          className="w-fit"
          busy={state === "loading"}
          onClick={() => void comments.read(view, page.nextCursor ?? undefined)}
        >
          {state === "failed" ? common("retry") : t("comments.more")}
        </Button>
      )}
    </section>
  );
};
