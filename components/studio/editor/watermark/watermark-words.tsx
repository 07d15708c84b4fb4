"use client";

import { useTranslations } from "next-intl";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { VideoWatermarkDto } from "#lib/watermarks/dto.ts";

type Stand = { video: VideoDto; current: VideoWatermarkDto };

/** Whether a run goes on that replaces what plays: the server refuses another wish until it has ended. */
export const isReplacing = (video: VideoDto): boolean => video.status === "ready" && video.progress !== null;

const wordsOf = ({ video, current }: Stand): "waiting" | "making" | "removing" | "onVideo" | null => {
  if (current.watermark !== null) {
    if (current.applied) return "onVideo";
    return video.status === "uploading" ? "waiting" : "making";
  }
  return isReplacing(video) && !current.applied ? "removing" : null;
};

/** What is true of the video's mark right now, and what applying would do. */
export const WatermarkWords = ({ video, current, changed }: Stand & { changed: boolean }) => {
  const t = useTranslations("watermarks");
  const words = wordsOf({ video, current });
  const needsRun = changed && video.status !== "uploading" && !isReplacing(video);
  const said = [
    words === null ? null : t(words),
    changed && isReplacing(video) ? t("busy") : null,
    needsRun ? t("changesNeedRun") : null,
  ].filter((sentence) => sentence !== null);
  // Without words it takes no room, but stays for screen readers to notice those that come.
  return (
    <p role="status" className={said.length === 0 ? "sr-only" : "text-13 text-muted"}>
      {said.join(" ")}
    </p>
  );
};
