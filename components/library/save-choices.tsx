"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { PlaylistDto } from "#lib/library/dto.ts";

const Choice = ({
  label,
  note,
  checked,
  onChange,
}: {
  label: string;
  note?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) => (
  <li>
    <div className="flex min-h-9 items-center gap-3 text-14">
      <Checkbox checked={checked} onChange={onChange} label={label} />
      <span aria-hidden className="min-w-0 flex-1 truncate">
        {label}
      </span>
      {note === undefined ? null : <span className="text-12 text-muted">{note}</span>}
    </div>
  </li>
);

/** The person's lists with a box each: ticked where the video is in it. */
export const SaveChoices = ({
  lists,
  later,
  failed,
  set,
  setLater,
}: {
  lists: readonly PlaylistDto[] | null;
  later: boolean | null;
  failed: boolean;
  set: (list: PlaylistDto, saved: boolean) => Promise<void>;
  setLater: (saved: boolean) => Promise<void>;
}) => {
  const [t, common] = [useTranslations("people"), useTranslations("common")];
  if (failed) {
    return (
      <p role="alert" className="text-14 text-danger">
        {t("save.failed")}
      </p>
    );
  }
  if (lists === null || later === null) return <p className="text-14 text-muted">{common("loading")}</p>;
  return (
    <ul className="flex max-h-64 flex-col overflow-y-auto px-1">
      <Choice label={t("save.watchLater")} checked={later} onChange={(saved) => void setLater(saved)} />
      {lists.map((list) => (
        <Choice
          key={list.id}
          label={list.title}
          note={t(`visibility.${list.visibility}`)}
          checked={list.itemId !== null}
          onChange={(saved) => void set(list, saved)}
        />
      ))}
    </ul>
  );
};
