"use client";

import { Copy, FileVideo } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import { KeptFocus } from "../kept-focus.tsx";
import { EditorSection } from "./editor-section.tsx";
import { ReplacementProgress } from "./replacement-progress.tsx";
import { useReplacement } from "./use-replacement.ts";

/** The file behind the video: pointed out when it was uploaded before, and replaced under the same address. */
export const SourceFile = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("studio.source");
  const input = useRef<HTMLInputElement>(null);
  const { replacement, announcing, wrongName, take, resume, cancel } = useReplacement(video);
  const choose = () => input.current?.click();
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
      <input
        ref={input}
        type="file"
        hidden
        accept="video/*,audio/*,.mkv,.mxf,.ts,.m2ts,.mts,.avi,.flv,.wmv,.vob,.rmvb,.dv"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) take(file);
        }}
      />
      <KeptFocus when={replacement === null ? "none" : (replacement.own?.phase ?? "elsewhere")}>
        {replacement === null ? (
          <Button className="w-fit" busy={announcing} disabled={video.status === "uploading"} onClick={choose}>
            <FileVideo aria-hidden strokeWidth={1.75} />
            {t("replace")}
          </Button>
        ) : (
          <ReplacementProgress
            replacement={replacement}
            wrongName={wrongName}
            onResume={resume}
            onChoose={choose}
            onCancel={cancel}
          />
        )}
      </KeptFocus>
    </EditorSection>
  );
};
