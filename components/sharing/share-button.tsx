"use client";

import { Share2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareDialogProps } from "#components/sharing/share-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { playingElement } from "#components/video/seek-player.ts";

// The dialog and its QR code come only for whoever opens it.
const ShareDialog = dynamic(() => import("#components/sharing/share-dialog.tsx").then((module) => module.ShareDialog), {
  ssr: false,
});

type Props = Pick<ShareDialogProps, "visibility" | "embeddable"> & {
  shared: Omit<ShareDialogProps["shared"], "origin">;
};

/** Opens the ways to hand a video on. */
export const ShareButton = ({ shared, ...rest }: Props) => {
  const t = useTranslations("sharing");
  // Each opening is a new dialog that begins where the viewer is then.
  const [opening, setOpening] = useState<{ nowSeconds: number; origin: string } | null>(null);
  const [open, setOpen] = useState(false);
  const begin = () => {
    const nowSeconds = playingElement()?.currentTime ?? 0;
    setOpening({ nowSeconds, origin: window.location.origin });
    setOpen(true);
  };
  return (
    <>
      <Button onClick={begin} aria-haspopup="dialog">
        <Share2 aria-hidden strokeWidth={1.75} />
        {t("share")}
      </Button>
      {opening === null ? null : (
        <ShareDialog
          key={opening.nowSeconds}
          {...rest}
          shared={{ ...shared, origin: opening.origin }}
          nowSeconds={opening.nowSeconds}
          open={open}
          onOpenChange={setOpen}
        />
      )}
    </>
  );
};
