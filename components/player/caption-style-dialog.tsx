"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import {
  type CaptionStyle,
  captionColors,
  captionGrounds,
  captionSizes,
  captionVariables,
  usualCaptionStyle,
} from "#components/player/caption-style.ts";
import { PlayerDialog, type PlayerDialogFrame } from "#components/player/player-dialog.tsx";

const parts = [
  { name: "size", values: captionSizes },
  { name: "color", values: captionColors },
  { name: "ground", values: captionGrounds },
] as const;

type ChangeStyle = (style: CaptionStyle) => void;

/** One side of the look: radio buttons, which arrows move through. */
const Choice = ({
  part: { name, values },
  style,
  onChange,
}: {
  part: (typeof parts)[number];
  style: CaptionStyle;
  onChange: ChangeStyle;
}) => {
  const [t, id] = [useTranslations("player.captionStyle"), useId()];
  return (
    <fieldset>
      <legend className="pb-1.5 text-13 text-player-muted">{t(`${name}.title`)}</legend>
      <div className="flex flex-wrap gap-1.5">
        {values.map((value) => (
          <label
            key={value}
            className="cursor-pointer rounded-control bg-player-hover px-2.5 py-1.5 text-14 has-checked:bg-player-text has-checked:text-stage has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-player-accent"
          >
            <input
              type="radio"
              name={id}
              value={value}
              checked={style[name] === value}
              onChange={() => onChange({ ...style, [name]: value })}
              className="sr-only"
            />
            {t(`${name}.${value}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** How captions look, with a line that shows it. */
export const CaptionStyleDialog = ({
  style,
  onChange,
  ...frame
}: PlayerDialogFrame & { style: CaptionStyle; onChange: ChangeStyle }) => {
  const t = useTranslations("player.captionStyle");
  return (
    <PlayerDialog {...frame} title={t("title")}>
      <div className="mt-4 flex h-24 items-center justify-center overflow-hidden rounded-control bg-stage">
        <span className="player-cue" style={captionVariables(style)}>
          {t("sample")}
        </span>
      </div>
      <div className="mt-4 flex flex-col gap-4">
        {parts.map((part) => (
          <Choice key={part.name} part={part} style={style} onChange={onChange} />
        ))}
      </div>
      <button
        type="button"
        onClick={() => onChange(usualCaptionStyle)}
        className="mt-5 h-9 rounded-control bg-player-hover px-3.5 text-14 font-medium hover:bg-player-line"
      >
        {t("reset")}
      </button>
    </PlayerDialog>
  );
};
