"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, type ButtonSize } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** A button whose deed is confirmed first, in words that name what goes. */
export const ConfirmButton = ({
  label,
  name,
  title,
  text,
  busy,
  size = "medium",
  onConfirm,
}: {
  label: string;
  /** Name for screen readers where several buttons have the same label. */
  name?: string;
  title: string;
  text: string;
  busy: boolean;
  size?: ButtonSize;
  onConfirm: () => Promise<void>;
}) => {
  const t = useTranslations("common");
  const [open, setOpen] = useState(false);
  const confirm = () => {
    setOpen(false);
    void onConfirm();
  };
  return (
    <>
      <Button variant="danger" size={size} busy={busy} aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        description={text}
        actions={
          <>
            <Button variant="ghost" onClick={() => setOpen(false)}>
              {t("cancel")}
            </Button>
            <Button variant="danger" onClick={confirm}>
              {label}
            </Button>
          </>
        }
      />
    </>
  );
};
