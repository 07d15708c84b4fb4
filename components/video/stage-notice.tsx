"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeLeft } from "#components/video/time-left.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** Words on the stage where the player will be: dark in both themes, as the player is. */
export const StageNotice = ({
  title,
  text,
  children,
}: {
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}) => (
  <div className="absolute inset-0 flex flex-col items-center justify-center bg-stage px-6 text-center text-player-text">
    <p className="text-16 font-bold sm:text-20">{title}</p>
    {text === undefined ? null : <p className="mt-1 max-w-md text-14 text-pretty text-player-muted">{text}</p>}
    {children}
  </div>
);

/** How far the file or its processing has come. */
export const StageProgress = ({ video, lost }: { video: VideoDto; lost: boolean }) => {
  const t = useTranslations("common");
  const watch = useTranslations("watch");
  const format = useFormatter();
  const { progress, upload } = video;
  const percent =
    video.status === "uploading"
      ? upload === null || upload.sizeBytes === 0
        ? null
        : (upload.offsetBytes / upload.sizeBytes) * 100
      : (progress?.percent ?? null);
  const share = percent === null ? null : format.number(Math.floor(percent) / 100, { style: "percent" });
  const place = progress?.queuePosition ?? null;
  return (
    <div className="mt-5 w-full max-w-80">
      <div
        role="progressbar"
        aria-label={watch("progressLabel")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.round(percent)}
        className="h-1 overflow-hidden rounded-xs bg-player-hover"
      >
        <div
          className="h-full origin-left bg-player-accent transition-transform duration-200"
          style={{ transform: `scaleX(${(percent ?? 0) / 100})` }}
        />
      </div>
      <p className="tabular mt-2.5 flex justify-center gap-1.5 text-13 text-player-muted">
        {lost ? (
          watch("lost")
        ) : (
          <>
            {video.status === "uploading" || progress === null ? null : <span>{t(`stage.${progress.stage}`)}</span>}
            {place === null ? null : <span>· {t("queuePosition", { position: place })}</span>}
            {share === null || place !== null ? null : (
              <span>{video.status === "uploading" || progress === null ? share : `· ${share}`}</span>
            )}
            {progress?.etaSeconds === null || progress?.etaSeconds === undefined ? null : (
              <span>
                · <TimeLeft seconds={progress.etaSeconds} />
              </span>
            )}
          </>
        )}
      </p>
    </div>
  );
};
