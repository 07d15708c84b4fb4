"use client";

import { useTranslations } from "next-intl";
import { Range } from "#components/ui/range.tsx";
import type { WatermarkPlacement } from "#lib/watermarks/dto.ts";
import { PositionPicker } from "./position-picker.tsx";

/** Bounds and steps in percent, as the API takes them. */
const scales = {
  opacity: { min: 5, max: 100, step: 5 },
  scale: { min: 2, max: 60, step: 1 },
  margin: { min: 0, max: 20, step: 1 },
} as const;

/** Where the mark stands, how large and how strong it is. */
export const PlacementControls = ({
  value,
  onChange,
  disabled,
}: {
  value: WatermarkPlacement;
  onChange: (placement: WatermarkPlacement) => void;
  disabled: boolean;
}) => {
  const t = useTranslations("watermarks");
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-[auto_minmax(0,1fr)]">
      <PositionPicker
        value={value.position}
        disabled={disabled}
        onChange={(position) => onChange({ ...value, position })}
      />
      <div className="flex flex-col gap-2.5">
        {(["scale", "opacity", "margin"] as const).map((name) => {
          const percent = Math.round(value[name] * 100);
          return (
            <Range
              key={name}
              label={t(name)}
              value={percent}
              {...scales[name]}
              disabled={disabled}
              text={t("percent", { value: percent })}
              onChange={(next) => onChange({ ...value, [name]: next / 100 })}
            />
          );
        })}
      </div>
    </div>
  );
};
