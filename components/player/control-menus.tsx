"use client";

import { AudioLines, Captions, Gauge, ListVideo, Settings } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { RefObject } from "react";
import { speeds } from "#components/player/perform.ts";
import type { ChoiceGroup } from "#components/player/player-menu.tsx";
import { PlayerMenu } from "#components/player/player-menu.tsx";
import type { CaptionsChoice } from "#components/player/use-captions.ts";
import type { Chapter } from "#components/player/use-chapters.ts";
import type { ShownStream } from "#components/player/use-stream.ts";

/** What all menus of the control bar take. */
export type MenuFrame = { onMenu: (open: boolean) => void; container: RefObject<HTMLElement | null> };

const icon = { size: 22, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The qualities that are there now; the list grows while a run goes on. */
export const QualityMenu = ({
  stream,
  onQuality,
  onMenu,
  container,
}: MenuFrame & { stream: ShownStream; onQuality: (quality: string | null) => void }) => {
  const t = useTranslations("player");
  const { qualities, chosen } = stream;
  const playing = stream.playing?.quality ?? null;
  const shown = chosen ?? playing ?? t("auto");
  return (
    <PlayerMenu
      label={t("quality")}
      shown={shown}
      onOpenChange={onMenu}
      container={container}
      groups={[
        {
          label: t("quality"),
          value: chosen ?? "auto",
          onChange: (value) => onQuality(value === "auto" ? null : value),
          options: [
            { value: "auto", label: t("auto"), note: chosen === null ? (playing ?? undefined) : undefined },
            ...qualities.map(({ name, original }) => ({
              value: name,
              label: name,
              note: original ? t("original") : undefined,
            })),
          ],
        },
      ]}
    >
      <Settings {...icon} className="shrink-0" />
      <span className="tabular text-13 font-medium @max-[32rem]:hidden">{shown}</span>
    </PlayerMenu>
  );
};

/** How fast it plays. */
export const SpeedMenu = ({
  rate,
  onRate,
  onMenu,
  container,
}: MenuFrame & { rate: number; onRate: (rate: number) => void }) => {
  const t = useTranslations("player");
  const format = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2 });
  return (
    <PlayerMenu
      label={t("speed")}
      shown={rate === 1 ? null : `${format.format(rate)}×`}
      onOpenChange={onMenu}
      container={container}
      groups={[
        {
          label: t("speed"),
          value: String(rate),
          onChange: (value) => onRate(Number(value)),
          options: speeds.map((speed) => ({
            value: String(speed),
            label: speed === 1 ? t("normalSpeed") : `${format.format(speed)}×`,
          })),
        },
      ]}
    >
      <Gauge {...icon} className="shrink-0" />
      {rate === 1 ? null : <span className="tabular text-13 font-medium">{format.format(rate)}×</span>}
    </PlayerMenu>
  );
};

const off = "off";

/** Captions, and the languages one may hear where there are several. */
export const TracksMenu = ({
  captions,
  sound,
  onSound,
  onMenu,
  container,
}: MenuFrame & { captions: CaptionsChoice; sound: ShownStream["sound"]; onSound: (id: string) => void }) => {
  const t = useTranslations("player");
  const spoken: ChoiceGroup = {
    label: t("sound"),
    value: sound.chosen ?? "",
    onChange: onSound,
    options: sound.tracks.map(({ id, name, language }) => ({ value: id, label: name, lang: language ?? undefined })),
  };
  const written: ChoiceGroup = {
    label: t("captions"),
    value: captions.chosen ?? off,
    onChange: (id) => captions.choose(id === off ? null : id),
    options: [
      { value: off, label: t("captionsOff") },
      ...captions.list.map(({ id, label, language }) => ({ value: id, label, lang: language })),
    ],
  };
  const hasSound = sound.tracks.length > 1;
  const hasCaptions = captions.list.length > 0;
  if (!hasSound && !hasCaptions) return null;
  return (
    <PlayerMenu
      label={hasSound && hasCaptions ? t("tracks") : hasSound ? t("sound") : t("captions")}
      shown={null}
      onOpenChange={onMenu}
      container={container}
      groups={[...(hasSound ? [spoken] : []), ...(hasCaptions ? [written] : [])]}
      className={captions.chosen === null ? "" : "player-button-on"}
    >
      {hasCaptions ? <Captions {...icon} /> : <AudioLines {...icon} />}
    </PlayerMenu>
  );
};

/** The chapter that plays; its list jumps to another. */
export const ChapterMenu = ({
  chapters,
  current,
  onJump,
  onMenu,
  container,
}: MenuFrame & { chapters: readonly Chapter[]; current: Chapter | null; onJump: (seconds: number) => void }) => {
  const t = useTranslations("player");
  if (chapters.length === 0) return null;
  const title = current?.title ?? null;
  return (
    <PlayerMenu
      label={t("chapters")}
      shown={title}
      onOpenChange={onMenu}
      container={container}
      align="start"
      className="min-w-0 @max-[32rem]:hidden"
      groups={[
        {
          label: t("chapters"),
          value: String(current?.startSeconds ?? ""),
          onChange: (value) => onJump(Number(value)),
          options: chapters.map((chapter) => ({
            value: String(chapter.startSeconds),
            label: chapter.title,
            note: chapter.clock,
          })),
        },
      ]}
    >
      <ListVideo {...icon} className="shrink-0" />
      <span className="max-w-60 truncate text-13">{title}</span>
    </PlayerMenu>
  );
};
