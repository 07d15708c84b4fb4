"use client";

import { Bookmark } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useOnFirstUse } from "#components/ui/use-on-first-use.ts";

// With the dialog, whose first field gets the focus as it opens.
const saveForm = onFirstUse(() => import("#components/library/save-form.tsx"));

/** Opens the lists into which a video can be saved; strangers are led to the log-in. */
export const SaveButton = ({ videoId, signedIn }: { videoId: string; signedIn: boolean }) => {
  const t = useTranslations("people");
  const [open, setOpen] = useState(false);
  const form = useOnFirstUse(saveForm, open);
  const face = (
    <>
      <Bookmark aria-hidden strokeWidth={1.75} />
      {t("save.button")}
    </>
  );
  if (!signedIn) {
    const next = encodeURIComponent(`/watch/${videoId}`);
    return (
      <Link href={`/login?next=${next}`} title={t("signInTo.save")} className={buttonClass()}>
        {face}
      </Link>
    );
  }
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {face}
      </Button>
      <Dialog open={open && form !== null} onOpenChange={setOpen} title={t("save.title")}>
        {open && form !== null ? <form.SaveForm videoId={videoId} /> : null}
      </Dialog>
    </>
  );
};
