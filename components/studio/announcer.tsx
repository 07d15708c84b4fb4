"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { rowState } from "./row-state.ts";
import { announcements } from "./studio-announcements.ts";
import type { StudioRow } from "./studio-row.ts";

const pauseMs = 1_500;

/** Says aloud how uploads and videos get on, politely and not more often than every second and a half. */
export const Announcer = ({ rows }: { rows: readonly StudioRow[] }) => {
  const t = useTranslations("studio.announce");
  const before = useRef<Map<string, ReturnType<typeof rowState>>>(new Map());
  const queue = useRef<string[]>([]);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const now = rows.map((row) => ({ key: row.key, title: row.title, state: rowState(row) }));
    for (const news of announcements(before.current, now)) {
      queue.current.push(news.kind === "uploadShare" ? t("uploadShare", news) : t(news.kind, { title: news.title }));
    }
    before.current = new Map(now.map(({ key, state }) => [key, state]));
  }, [rows, t]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (queue.current.length > 0) setSaid(queue.current.splice(0).join(". "));
    }, pauseMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
};
