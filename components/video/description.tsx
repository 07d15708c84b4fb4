"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { tagHref } from "#components/search/search-address.ts";
import { Dotted } from "#components/ui/dotted.tsx";
import { TimedWords } from "#components/video/timed-words.tsx";

/** More than this does not fit three lines, whatever the width. */
const longFrom = 240;

/** Date, category, description and tags on one quiet ground; long ones are folded. Links leave safely, times go there. */
export const Description = ({
  videoId,
  durationMs,
  when,
  text,
  tags,
  category,
}: {
  videoId: string;
  durationMs: number | null;
  when: string;
  text: string;
  tags: readonly string[];
  /** What the video is about, with the way to more of it. */
  category: { label: string; href: string } | null;
}) => {
  const t = useTranslations("watch");
  const id = useId();
  const long = text.length > longFrom || text.split("\n").length > 3;
  const [open, setOpen] = useState(!long);
  return (
    <section aria-label={t("description")} className="rounded-media bg-surface px-4 py-3.5 text-15 leading-[1.45]">
      <p className="font-bold">
        <Dotted>
          <span className="pointer-events-auto">{when}</span>
          {category === null ? null : (
            <Link
              href={category.href}
              prefetch={false}
              className="text-muted underline decoration-faint underline-offset-3 hover:decoration-current"
            >
              {category.label}
            </Link>
          )}
        </Dotted>
      </p>
      <p id={id} className={open ? "wrap-anywhere whitespace-pre-line" : "line-clamp-3 wrap-anywhere"}>
        <TimedWords videoId={videoId} text={text} durationMs={durationMs} />
      </p>
      {open && tags.length > 0 ? (
        <ul aria-label={t("tags")} className="mt-2 flex flex-wrap gap-x-3 text-14 text-muted">
          {tags.map((tag) => (
            <li key={tag} className="min-w-0">
              <Link href={tagHref(tag)} prefetch={false} className="block truncate hover:text-ink hover:underline">
                #{tag}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {long ? (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="mt-1 rounded-xs font-bold hover:underline"
        >
          {open ? t("less") : t("more")}
        </button>
      ) : null}
    </section>
  );
};
