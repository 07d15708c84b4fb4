"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuCheck } from "#components/ui/menu.tsx";
import { uploadWishes } from "#components/uploader/upload-session.ts";
import { countUploadWishes, noUploadWishes } from "#components/uploader/upload-wishes.ts";

/** What is wished of the next uploads; the button says how much of it differs from the usual. */
export const UploadOptionsMenu = () => {
  const t = useTranslations("studio.uploadOptions");
  const wishes = useSyncExternalStore(uploadWishes.subscribe, uploadWishes.snapshot, () => noUploadWishes);
  const count = countUploadWishes(wishes);
  return (
    <Menu
      trigger={
        <Button className="max-sm:shrink-0 max-sm:px-2">
          <SlidersHorizontal aria-hidden strokeWidth={1.75} />
          <span className="max-sm:sr-only">{t("button")}</span>
          {count === 0 ? null : (
            <span className="tabular rounded-xs bg-accent px-1.5 text-12 font-bold text-on-accent">
              <span aria-hidden>{count}</span>
              <span className="sr-only">{t("chosen", { count })}</span>
            </span>
          )}
        </Button>
      }
    >
      <p className="px-2.5 pt-2 pb-1 text-12 font-medium text-muted">{t("label")}</p>
      <MenuCheck label={t("audio")} checked={wishes.audio} onChange={(audio) => uploadWishes.wish({ audio })} />
      <MenuCheck
        label={t("audioOnly")}
        checked={wishes.audioOnly}
        onChange={(audioOnly) => uploadWishes.wish({ audioOnly })}
      />
      <MenuCheck
        label={t("normalize")}
        checked={wishes.normalize}
        onChange={(normalize) => uploadWishes.wish({ normalize })}
      />
    </Menu>
  );
};
