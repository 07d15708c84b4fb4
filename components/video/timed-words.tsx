"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { seekPlayer } from "#components/video/seek-player.ts";
import { type TimedPart, timedText } from "#components/video/timed-text.ts";

const linkClass = "underline decoration-faint underline-offset-3 hover:decoration-current";

type Moment = Extract<TimedPart, { kind: "time" }>;

/** A press goes to the moment without leaving the page, where its player is. */
const MomentLink = ({ videoId, moment: { seconds, text } }: { videoId: string; moment: Moment }) => {
  const t = useTranslations("people.comments");
  return (
    <Link
      href={`/watch/${videoId}?t=${seconds}`}
      prefetch={false}
      aria-label={t("at", { time: text })}
      className={`tabular ${linkClass}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        if (seekPlayer(seconds)) event.preventDefault();
      }}
    >
      {text}
    </Link>
  );
};

/** What people write about a video: addresses leave safely, moments of the video go there. */
export const TimedWords = ({
  videoId,
  text,
  durationMs,
}: {
  videoId: string;
  text: string;
  durationMs: number | null;
}) => (
  <>
    {timedText(text, durationMs).map((part, position) => {
      const key = `${position}-${part.text}`;
      if (part.kind === "text") return part.text;
      if (part.kind === "time") return <MomentLink key={key} videoId={videoId} moment={part} />;
      return (
        <a key={key} href={part.href} rel="noopener noreferrer nofollow ugc" target="_blank" className={linkClass}>
          {part.text}
        </a>
      );
    })}
  </>
);
