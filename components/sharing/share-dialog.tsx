"use client";

import { Field as Base } from "@base-ui/react/field";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyField } from "#components/sharing/copy-field.tsx";
import { QrCode } from "#components/sharing/qr-code.tsx";
import { readTime, type Shared, shareCode, shareLink, writtenTime } from "#components/sharing/share-addresses.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";

/** What a `ShareDialog` takes. */
export type ShareDialogProps = {
  shared: Shared;
  visibility: "public" | "unlisted" | "private";
  /** Whether other sites may show the player. */
  embeddable: boolean;
  /** Where the viewer is in the video, in seconds. */
  nowSeconds: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

type Start = { wanted: boolean; text: string };

/** Whether and where the video begins for whoever opens the link. */
const StartChoice = ({ start, onChange }: { start: Start; onChange: (start: Start) => void }) => {
  const t = useTranslations("sharing");
  const odd = start.wanted && readTime(start.text) === null;
  return (
    <div className="flex flex-col gap-1.5">
      <span className="flex items-center gap-2 text-14 font-medium">
        <Checkbox checked={start.wanted} onChange={(wanted) => onChange({ ...start, wanted })} label={t("startAt")} />
        <span aria-hidden>{t("startAt")}</span>
      </span>
      <Base.Root name="start" invalid={odd} className="flex flex-col gap-1.5">
        <Input
          value={start.text}
          aria-label={t("startTime")}
          inputMode="numeric"
          autoComplete="off"
          className="w-28"
          onChange={(event) => onChange({ wanted: true, text: event.target.value })}
        />
        {odd ? (
          <Base.Error match className="text-13 text-danger">
            {t("startHint")}
          </Base.Error>
        ) : null}
      </Base.Root>
    </div>
  );
};

const Embedding = ({
  visibility,
  embeddable,
  code,
}: Pick<ShareDialogProps, "visibility" | "embeddable"> & { code: string }) => {
  const t = useTranslations("sharing");
  if (visibility === "private") return <p className="text-13 text-muted">{t("private")}</p>;
  if (!embeddable) return <p className="text-13 text-muted">{t("noEmbeds")}</p>;
  return <CopyField label={t("code")} value={code} hint={t("codeHint")} />;
};

/** The ways to hand a video on: its address, from a second on when wished, as a frame for other pages, and as a QR code. */
export const ShareDialog = (props: ShareDialogProps) => {
  const { shared, visibility, embeddable, nowSeconds, open, onOpenChange } = props;
  const t = useTranslations("sharing");
  const [start, setStart] = useState<Start>({ wanted: false, text: writtenTime(nowSeconds) });
  const seconds = start.wanted ? (readTime(start.text) ?? 0) : 0;
  const link = shareLink(shared, seconds);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} size="large">
      <div className="flex flex-col gap-5 sm:flex-row">
        <div className="flex min-w-0 flex-1 flex-col gap-4">
          <CopyField label={t("link")} value={link} />
          <StartChoice start={start} onChange={setStart} />
          <Embedding visibility={visibility} embeddable={embeddable} code={shareCode(shared, seconds)} />
        </div>
        <figure className="flex flex-col items-center gap-2">
          <QrCode text={link} />
          <figcaption className="text-13 text-muted">{t("qr")}</figcaption>
        </figure>
      </div>
    </Dialog>
  );
};
