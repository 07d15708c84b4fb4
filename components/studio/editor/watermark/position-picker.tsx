"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { WatermarkPlacement } from "#lib/watermarks/dto.ts";

type Position = WatermarkPlacement["position"];

/** In reading order, each where it is in a grid of three by three. */
const cells: readonly { position: Position; place: string }[] = [
  { position: "top-left", place: "col-start-1 row-start-1" },
  { position: "top-right", place: "col-start-3 row-start-1" },
  { position: "center", place: "col-start-2 row-start-2" },
  { position: "bottom-left", place: "col-start-1 row-start-3" },
  { position: "bottom-right", place: "col-start-3 row-start-3" },
];

/** Five places in a small picture of the picture; one radio group, so that arrows move between them. */
export const PositionPicker = ({
  value,
  onChange,
  disabled,
}: {
  value: Position;
  onChange: (position: Position) => void;
  disabled: boolean;
}) => {
  const t = useTranslations("watermarks");
  const name = useId();
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-3 text-14 font-medium">
        {t("position")}
        <span aria-hidden className="text-13 font-normal text-muted">
          {t(`positions.${value}`)}
        </span>
      </legend>
      <div className="grid h-[108px] w-48 grid-cols-3 grid-rows-3 rounded-control border border-line bg-raised p-1">
        {cells.map(({ position, place }) => (
          <label
            key={position}
            title={t(`positions.${position}`)}
            className={classNames(
              "group relative flex cursor-pointer items-center justify-center rounded-xs has-focus-visible:outline-2 has-focus-visible:outline-accent",
              place,
            )}
          >
            <input
              type="radio"
              name={name}
              value={position}
              checked={position === value}
              onChange={() => onChange(position)}
              aria-label={t(`positions.${position}`)}
              className="peer absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
            />
            <span
              aria-hidden
              className="h-3.5 w-8 rounded-xs border border-faint transition-colors group-hover:border-muted peer-checked:border-accent peer-checked:bg-accent"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
};
