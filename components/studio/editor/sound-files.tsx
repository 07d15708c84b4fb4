"use client";

import { Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { Select } from "#components/ui/select.tsx";
import type { AudioExportDto } from "#lib/exports/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudioFormat } from "../use-studio-format.ts";
import { EditorSection } from "./editor-section.tsx";
import { useSoundFiles } from "./use-sound-files.ts";

const qualities = ["v2", "v0", "320", "192", "128"] as const;
type Quality = (typeof qualities)[number];

const bitrates = { v2: "v2", v0: "v0", "320": 320, "192": 192, "128": 128 } as const satisfies Record<
  Quality,
  AudioExportDto["options"]["bitrate"]
>;

const useQualityName = () => {
  const t = useTranslations("studio.sound");
  return (quality: Quality | AudioExportDto["options"]["bitrate"]) => {
    if (quality === "v2") return t("v2");
    return quality === "v0" ? t("v0") : t("constant", { rate: Number(quality) });
  };
};

const FileRow = ({ file, onRemove }: { file: AudioExportDto; onRemove: () => void }) => {
  const t = useTranslations("studio.sound");
  const format = useStudioFormat();
  const nameOf = useQualityName();
  const name = nameOf(file.options.bitrate);
  const moving = file.state === "queued" || file.state === "running";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-32">
        <p className="text-14 font-medium">{file.options.normalize ? t("even", { name }) : name}</p>
        {file.state === "failed" ? (
          <p className="text-13 text-danger">
            {file.failure?.message} {file.failure?.hint}
          </p>
        ) : (
          <p className="tabular text-13 text-muted" role={moving ? "status" : undefined}>
            {file.state === "queued" ? t("waiting") : null}
            {file.state === "running" ? t("making", { percent: format.percent(file.percent) }) : null}
            {file.file === null ? null : format.bytes(file.file.sizeBytes)}
          </p>
        )}
        {moving ? <ProgressBar percent={file.percent} label={t("progress", { name })} className="mt-1.5" /> : null}
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {file.file === null ? null : (
          <a href={file.file.downloadUrl} download className={buttonClass()}>
            <Download aria-hidden strokeWidth={1.75} />
            {t("download")}
          </a>
        )}
        <IconButton label={moving ? t("cancel", { name }) : t("remove", { name })} onClick={onRemove}>
          <X aria-hidden strokeWidth={1.75} />
        </IconButton>
      </div>
    </li>
  );
};

/** The video's sound as MP3 files: asked for, followed, taken home. */
export const SoundFiles = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("studio.sound");
  const nameOf = useQualityName();
  const { items, asking, ask, remove, thereId, forgetThere } = useSoundFiles(video);
  const [quality, setQuality] = useState<Quality>("v2");
  const [normalize, setNormalize] = useState(false);
  const loudness = useId();
  const uploaded = video.status !== "uploading";
  const there = items?.some(({ id }) => id === thereId) ?? false;
  return (
    <EditorSection id="sound" title={t("title")} about={t("about")}>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Select
          label={t("quality")}
          value={quality}
          onChange={(next) => {
            setQuality(next);
            forgetThere();
          }}
          options={qualities.map((value) => ({ value, label: nameOf(value) }))}
          className="min-w-56 flex-1 sm:max-w-80"
        />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
        <label id={loudness} className="flex items-center gap-2.5 text-14">
          <Checkbox
            checked={normalize}
            onChange={(next) => {
              setNormalize(next);
              forgetThere();
            }}
            label={t("normalize")}
          />
          {t("normalize")}
        </label>
        <Button busy={asking} disabled={!uploaded} onClick={() => void ask({ bitrate: bitrates[quality], normalize })}>
          {t("make")}
        </Button>
      </div>
      {uploaded ? null : <p className="text-13 text-muted">{t("uploading")}</p>}
      <p role="status" className="-mt-1 text-13 text-muted empty:hidden">
        {there ? t("there") : null}
      </p>
      {items === null || items.length === 0 ? null : (
        <ul className="flex flex-col">
          {items.map((file) => (
            <FileRow key={file.id} file={file} onRemove={() => remove(file.id)} />
          ))}
        </ul>
      )}
    </EditorSection>
  );
};
