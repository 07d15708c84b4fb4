"use client";

import { useTranslations } from "next-intl";
import { placeMark } from "#lib/media/watermark/watermark-placement.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { WatermarkDto, WatermarkPlacement } from "#lib/watermarks/dto.ts";

/** What the preview shows of a mark; `image` null while there is none. */
export type ShownMark = { image: WatermarkDto["image"]; placement: WatermarkPlacement } | null;

const usual = { width: 1280, height: 720 };

const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;

/** Place and size of a mark in the stage, by the encoder's own arithmetic in the video's own pixels. */
const styleOf = (picture: { width: number; height: number }, { image, placement }: NonNullable<ShownMark>) => {
  const box = placeMark({ picture, image: image ?? { width: 4, height: 1 }, placement });
  return {
    left: percent(box.x, picture.width),
    top: percent(box.y, picture.height),
    width: percent(box.width, picture.width),
    height: percent(box.height, picture.height),
  };
};

/** The video's picture with the mark where it will be burned in. */
export const WatermarkStage = ({
  video,
  groundUrl,
  mark,
}: {
  video: VideoDto;
  /** The picture without a mark; null while there is none. */
  groundUrl: string | null;
  mark: ShownMark;
}) => {
  const t = useTranslations("watermarks");
  const { width, height, playback } = video;
  const picture = width === null || height === null ? usual : { width, height };
  return (
    <div className="flex justify-center overflow-hidden rounded-media bg-stage">
      <div
        role="img"
        aria-label={t("preview")}
        data-testid="watermark-stage"
        className="relative max-h-[420px] w-full"
        style={{
          aspectRatio: `${picture.width} / ${picture.height}`,
          maxWidth: `${(420 * picture.width) / picture.height}px`,
          backgroundColor: playback.dominantColor ?? undefined,
        }}
      >
        {groundUrl === null ? null : (
          // biome-ignore lint/performance/noImgElement: posters are behind access checks; no optimiser may fetch them
          <img src={groundUrl} alt="" className="absolute inset-0 size-full object-fill" />
        )}
        {mark === null ? null : mark.image === null ? (
          <span
            className="absolute rounded-xs border border-dashed border-on-badge bg-badge"
            style={styleOf(picture, mark)}
          />
        ) : (
          // biome-ignore lint/performance/noImgElement: the very image that is burned in
          <img
            src={mark.image.url}
            alt=""
            data-testid="watermark-image"
            className="absolute max-w-none object-fill"
            style={{ ...styleOf(picture, mark), opacity: mark.placement.opacity }}
          />
        )}
      </div>
    </div>
  );
};
