"use client";

import { Copy, FileVideo } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { uploadAddress } from "#components/uploader/upload-session.ts";
import { announceFile } from "#lib/api-client/videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudio, useUploads } from "../studio-context.tsx";
import { useReportError } from "../use-report-error.ts";
import { useStudioFormat } from "../use-studio-format.ts";
import { EditorSection } from "./editor-section.tsx";

/** How far a new file for a video that has one is, in this page or in another. */
const useReplacement = (video: VideoDto): { percent: number } | null => {
  const uploads = useUploads();
  if (video.status === "uploading") return null;
  const own = uploads.find(({ videoId, phase }) => videoId === video.id && phase !== "sent");
  const bytes =
    own === undefined
      ? video.upload && { done: video.upload.offsetBytes, of: video.upload.sizeBytes }
      : { done: own.sentBytes, of: own.sizeBytes };
  return bytes === null ? null : { percent: bytes.of > 0 ? (bytes.done / bytes.of) * 100 : 0 };
};

const useReplace = (video: VideoDto) => {
  const { engine } = useStudio();
  const report = useReportError();
  const [announcing, setAnnouncing] = useState(false);
  const replace = async (file: File) => {
    setAnnouncing(true);
    try {
      const { id: videoId, title, visibility } = video;
      const announced = await announceFile({ videoId, filename: file.name, sizeBytes: file.size, filetype: file.type });
      const uploadUrl = uploadAddress(announced.uploadId);
      const upload = { videoId, uploadUrl, title, visibility, sizeBytes: file.size, offsetBytes: 0 };
      engine.continueWith({ file, upload });
    } catch (error) {
      report(error);
    } finally {
      setAnnouncing(false);
    }
  };
  return { announcing, replace };
};

/** The file behind the video: pointed out when it was uploaded before, and replaced under the same address. */
export const SourceFile = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("studio.source");
  const format = useStudioFormat();
  const input = useRef<HTMLInputElement>(null);
  const { announcing, replace } = useReplace(video);
  const replacement = useReplacement(video);
  const twin = video.duplicateOf;
  return (
    <EditorSection id="source" title={t("title")} about={t("about")}>
      {twin === null ? null : (
        <p className="flex items-start gap-2 rounded-control bg-raised px-3 py-2.5 text-14">
          <Copy aria-hidden size={18} strokeWidth={1.75} className="mt-0.5 shrink-0 text-warning" />
          <span>
            {t.rich("twin", {
              title: twin.title,
              link: (words) => (
                <Link href={`/studio/videos/${twin.id}`} className="font-medium underline underline-offset-2">
                  {words}
                </Link>
              ),
            })}
          </span>
        </p>
      )}
      {replacement === null ? null : (
        <div role="status" className="flex flex-col gap-1.5 text-13">
          <span className="tabular">{t("coming", { percent: format.percent(replacement.percent) })}</span>
          <ProgressBar percent={replacement.percent} label={t("progress")} />
        </div>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="video/*,audio/*,.mkv,.mxf,.ts,.m2ts,.mts,.avi,.flv,.wmv,.vob,.rmvb,.dv"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) void replace(file);
        }}
      />
      <Button
        className="w-fit"
        busy={announcing}
        disabled={video.status === "uploading" || replacement !== null}
        onClick={() => input.current?.click()}
      >
        <FileVideo aria-hidden strokeWidth={1.75} />
        {t("replace")}
      </Button>
    </EditorSection>
  );
};
