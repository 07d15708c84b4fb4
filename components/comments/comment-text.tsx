"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { timedText } from "#components/comments/timed-text.ts";
import { seekPlayer } from "#components/video/seek-player.ts";

const linkClass = "underline decoration-faint underline-offset-3 hover:decoration-current";

/** A comment's words: addresses leave safely, moments of the video go there. */
export const CommentText = ({
  videoId,
  text,
  durationMs,
}: {
  videoId: string;
  text: string;
  durationMs: number | null;
}) => {
  const t = useTranslations("people.comments");
  return (
    <p className="text-14 leading-[1.45] whitespace-pre-line wrap-anywhere">
      {timedText(text, durationMs).map((part, position) => {
        const key = `${position}-${part.text}`;
        if (part.kind === "text") return part.text;
        if (part.kind === "link") {
          return (
            <a key={key} href={part.href} rel="noopener noreferrer nofollow ugc" target="_blank" className={linkClass}>
              {part.text}
            </a>
          );
        }
        return (
          <Link
            key={key}
            href={`/watch/${videoId}?t=${part.seconds}`}
            prefetch={false}
            aria-label={t("at", { time: part.text })}
            className={`tabular ${linkClass}`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              if (seekPlayer(part.seconds)) event.preventDefault();
            }}
          >
            {part.text}
          </Link>
        );
      })}
    </p>
  );
};
