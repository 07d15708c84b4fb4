"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { putLabelSettings } from "#lib/api-client/labels.ts";
import { useSettingsAction } from "./use-settings-action.ts";

/** Whether the place that the account's files carry is read; saves by itself. */
export const PlaceSetting = ({ placeFromFile }: { placeFromFile: boolean }) => {
  const t = useTranslations("suggested-tags.settings");
  const words = useTranslations("common");
  const { busy, run } = useSettingsAction();
  const change = (value: boolean) =>
    run(async () => {
      await putLabelSettings({ placeFromFile: value });
      return words("saved");
    });
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
    <label className="flex cursor-pointer items-start gap-3">
      <Checkbox
        checked={placeFromFile}
        disabled={busy}
        onChange={change}
        label={t("placeFromFile")}
        className="mt-0.5"
      />
      <span className="min-w-0">
        <span className="block text-14">{t("placeFromFile")}</span>
        <span className="block text-13 text-muted">{t("placeHint")}</span>
      </span>
    </label>
  );
};
