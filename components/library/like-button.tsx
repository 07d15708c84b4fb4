"use client";

import { ThumbsUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { setLiked } from "#lib/api-client/library.ts";
import type { LikesDto } from "#lib/library/dto.ts";

/** Likes a video at once and takes it back when the server refuses; strangers are led to the log-in. */
export const LikeButton = ({ videoId, first, signedIn }: { videoId: string; first: LikesDto; signedIn: boolean }) => {
  const [t, format] = [useTranslations("people"), useFormatter()];
  const [{ likes, liked }, setState] = useState(first);
  const name = `${t("like")}, ${t("likes", { count: likes })}`;
  const face = (
    <>
      <ThumbsUp aria-hidden strokeWidth={1.75} className={liked ? "fill-current" : undefined} />
      <span aria-hidden className="tabular">
        {likes === 0 ? t("like") : format.number(likes, { notation: "compact" })}
      </span>
    </>
  );
  if (!signedIn) {
    const next = encodeURIComponent(`/watch/${videoId}`);
    return (
      <Link href={`/login?next=${next}`} title={t("signInTo.like")} aria-label={name} className={buttonClass()}>
        {face}
      </Link>
    );
  }
  const toggle = async () => {
    const before = { likes, liked };
    setState({ liked: !liked, likes: Math.max(0, likes + (liked ? -1 : 1)) });
    try {
      setState(await setLiked({ videoId, liked: !liked }));
    } catch {
      setState(before);
      toast({ tone: "danger", title: t("failed") });
    }
  };
  return (
    <button
      type="button"
      aria-label={name}
      aria-pressed={liked}
      onClick={() => void toggle()}
      className={buttonClass()}
    >
      {face}
    </button>
  );
};
