"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";

/** What every window of the player takes. */
export type PlayerDialogFrame = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The player: windows open inside it, so that they are there in full screen. */
  container: RefObject<HTMLElement | null>;
};

/** A modal window in the player's own colours. */
export const PlayerDialog = ({
  open,
  onOpenChange,
  container,
  title,
  children,
}: PlayerDialogFrame & { title: string; children: ReactNode }) => {
  const t = useTranslations("player");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal container={container}>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup className="appear fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-[420px] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-media bg-player-raised p-6 text-player-text shadow-float outline-none">
          <div className="flex items-center justify-between">
            <Base.Title className="text-20 font-bold">{title}</Base.Title>
            <Base.Close aria-label={t("close")} className="player-button -mr-2">
              <X aria-hidden size={20} strokeWidth={1.75} />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
