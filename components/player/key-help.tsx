"use client";

import { useTranslations } from "next-intl";
import { PlayerDialog, type PlayerDialogFrame } from "#components/player/player-dialog.tsx";

const rows = [
  { keys: ["Space", "K"], does: "toggle" },
  { keys: ["J", "L"], does: "seek10" },
  { keys: ["←", "→"], does: "seek5" },
  { keys: [",", "."], does: "frame" },
  { keys: ["0", "…", "9"], does: "jump" },
  { keys: ["Home", "End"], does: "ends" },
  { keys: ["<", ">"], does: "speed" },
  { keys: ["R"], does: "loop" },
  { keys: ["↑", "↓"], does: "volume" },
  { keys: ["M"], does: "mute" },
  { keys: ["C"], does: "captions" },
  { keys: ["F"], does: "fullscreen" },
  { keys: ["T"], does: "theatre" },
  { keys: ["P"], does: "picture" },
  { keys: ["Shift", "N"], does: "next" },
  { keys: ["I"], does: "stats" },
  { keys: ["?"], does: "help" },
] as const;

const keyClass = "min-w-6 rounded-xs bg-player-hover px-1.5 py-0.5 text-center font-sans text-12 font-medium";

/** The list of keys; those that are about the page only where there is one around the player. */
export const KeyHelp = ({ onPage, ...frame }: PlayerDialogFrame & { onPage: boolean }) => {
  const t = useTranslations("player");
  const shown = rows.filter(({ does }) => onPage || (does !== "theatre" && does !== "next"));
  return (
    <PlayerDialog {...frame} title={t("keys.title")}>
      <dl className="mt-3 grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2.5 text-14">
        {shown.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="text-player-muted">{t(`keys.${does}`)}</dt>
            <dd className="flex justify-end gap-1">
              {keys.map((key) => (
                <kbd key={key} className={keyClass}>
                  {key === "Space" ? t("keys.space") : key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </PlayerDialog>
  );
};
