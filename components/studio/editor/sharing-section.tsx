"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { patchVideoSharing } from "#lib/api-client/sharing.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { EditorSection } from "./editor-section.tsx";
import { useEditorStart } from "./editor-start.tsx";

const names = ["embeddable", "downloadable"] as const;
type Name = (typeof names)[number];

/** What others may do with the video; each box saves by itself. */
export const SharingSection = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("sharing.editor");
  const report = useReportError();
  const start = useEditorStart();
  const [sharing, setSharing] = useState(start?.sharing ?? null);
  if (sharing === null) return null;
  const change = (name: Name, value: boolean) => {
    setSharing({ ...sharing, [name]: value });
    patchVideoSharing({ videoId: video.id, patch: { [name]: value } }).then(setSharing, (error: unknown) => {
      setSharing(sharing);
      report(error);
    });
  };
  return (
    <EditorSection id="sharing" title={t("title")} about={t("about")}>
      <div className="flex flex-col gap-3">
        {names.map((name) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
          <label key={name} className="flex cursor-pointer items-start gap-3">
            <Checkbox
              checked={sharing[name]}
              onChange={(value) => change(name, value)}
              label={t(name)}
              className="mt-0.5"
            />
            <span className="min-w-0">
              <span className="block text-14">{t(name)}</span>
              <span className="block text-13 text-muted">{t(`${name}Hint`)}</span>
            </span>
          </label>
        ))}
      </div>
    </EditorSection>
  );
};
