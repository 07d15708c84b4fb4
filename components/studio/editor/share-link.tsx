"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

const never = () => () => undefined;
const shownMs = 2_000;

/** The address to hand on, with a button that copies it. */
export const ShareLink = ({ videoId, visibility }: Pick<VideoDto, "visibility"> & { videoId: string }) => {
  const t = useTranslations("studio.editor");
  const box = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const path = `/watch/${videoId}`;
  // The server does not know under which name the browser reaches it.
  const link = useSyncExternalStore(
    never,
    () => location.origin + path,
    () => path,
  );
  const copy = () => {
    box.current?.select();
    navigator.clipboard?.writeText(link).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), shownMs);
      },
      // The text stays selected, ready to be copied by hand.
      () => undefined,
    );
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor="share-link" className="text-14 font-medium">
        {t("link")}
      </label>
      <div className="flex gap-2">
        <input
          ref={box}
          id="share-link"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-control border border-line bg-raised px-3 text-13 text-muted"
        />
        <Button onClick={copy}>
          {copied ? <Check aria-hidden strokeWidth={1.75} /> : <Copy aria-hidden strokeWidth={1.75} />}
          <span role="status">{copied ? t("copied") : t("copy")}</span>
        </Button>
      </div>
      {visibility === "private" ? <p className="text-13 text-muted">{t("linkPrivate")}</p> : null}
    </div>
  );
};
