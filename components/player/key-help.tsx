"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";

const rows = [
  { keys: ["Space", "K"], does: "toggle" },
  { keys: ["J", "L"], does: "seek10" },
  { keys: ["←", "→"], does: "seek5" },
  { keys: ["↑", "↓"], does: "volume" },
  { keys: ["M"], does: "mute" },
  { keys: ["F"], does: "fullscreen" },
  { keys: ["P"], does: "picture" },
  { keys: ["C"], does: "captions" },
  { keys: ["<", ">"], does: "speed" },
  { keys: ["0", "…", "9"], does: "jump" },
  { keys: ["?"], does: "help" },
] as const;

/** The list of keys. Opens inside the player, so that it is there in full screen. */
export const KeyHelp = ({
  open,
  onOpenChange,
  container,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  container: RefObject<HTMLElement | null>;
}) => {
  const t = useTranslations("player");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal container={container}>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup className="appear fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-[420px] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-media bg-player-raised p-6 text-player-text shadow-float outline-none">
          <div className="flex items-center justify-between">
            <Base.Title className="text-20 font-bold">{t("keys.title")}</Base.Title>
            <Base.Close aria-label={t("keys.close")} className="player-button -mr-2">
              <X aria-hidden size={20} strokeWidth={1.75} />
            </Base.Close>
          </div>
          <dl className="mt-3 grid grid-cols-[1fr_auto] gap-y-2.5 text-14">
            {rows.map(({ keys, does }) => (
              <div key={does} className="contents">
                <dt className="text-player-muted">{t(`keys.${does}`)}</dt>
                <dd className="flex justify-end gap-1">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className="min-w-6 rounded-xs bg-player-hover px-1.5 py-0.5 text-center font-sans text-12 font-medium"
                    >
                      {key === "Space" ? t("keys.space") : key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
