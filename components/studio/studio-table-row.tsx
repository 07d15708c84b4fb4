"use client";

import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useRowActions } from "./row-actions.ts";
import { RowMenu } from "./row-menu.tsx";
import { RowPoster } from "./row-poster.tsx";
import { rowState } from "./row-state.ts";
import { RowTitle } from "./row-title.tsx";
import { StateCell } from "./state-cell.tsx";
import { useStudio } from "./studio-context.tsx";
import type { StudioRow } from "./studio-row.ts";
import { useStudioFormat } from "./use-studio-format.ts";
import { VisibilitySelect } from "./visibility-select.tsx";

/** "4.8 GB · 3840 × 2160 · 24 fps", as far as known, and the channel when there are several; the frame rate gives way. */
const Facts = ({ row: { sizeBytes, width, height, frameRate, video } }: { row: StudioRow }) => {
  const t = useTranslations("studio");
  const { channels } = useStudio();
  const format = useStudioFormat();
  const size = sizeBytes === null ? [] : [format.bytes(sizeBytes)];
  const channel = video !== null && channels.length > 1 ? video.channel.name : null;
  const picture = width === null || height === null ? [] : [`${width} × ${height}`];
  return (
    <p className="tabular truncate text-12 text-muted">
      {[...size, ...picture].join(" · ")}
      {frameRate === null ? null : (
        <span className="@max-[68rem]:hidden"> · {t("fps", { rate: format.number(frameRate) })}</span>
      )}
      {channel === null ? null : <span>{[...size, ...picture].length === 0 ? channel : ` · ${channel}`}</span>}
    </p>
  );
};

/** What a `StudioTableRow` takes. */
export type StudioTableRowProps = {
  row: StudioRow;
  selected: boolean;
  /** `key` is the row's; rows that the server does not know yet cannot be selected. */
  onSelect: (key: string, selected: boolean) => void;
};

/** One video: a row of the table, on narrow screens an entry of a list. */
export const StudioTableRow = memo(({ row, selected, onSelect }: StudioTableRowProps) => {
  const t = useTranslations("studio");
  const format = useStudioFormat();
  const actions = useRowActions(row);
  const [renaming, setRenaming] = useState(false);
  const state = rowState(row);
  const { title, video } = row;
  return (
    <tr
      className="studio-row group/row"
      data-state={state.kind}
      data-video-status={video?.status ?? "uploading"}
      data-video-id={row.videoId ?? undefined}
      aria-selected={selected}
    >
      <td className="studio-select">
        <Checkbox
          checked={selected}
          disabled={video === null}
          onChange={(next) => onSelect(row.key, next)}
          label={t("selectOf", { title })}
        />
      </td>
      <th scope="row" className="studio-video">
        <RowPoster row={row} />
        <div className="min-w-0 flex-1">
          <RowTitle
            title={title}
            href={video === null ? null : `/studio/videos/${video.id}`}
            editing={renaming}
            onEdit={setRenaming}
            onRename={(next) => actions.edit({ title: next })}
            facts={<Facts row={row} />}
          />
        </div>
      </th>
      <td className="studio-state">
        <StateCell row={row} state={state} actions={actions} />
      </td>
      <td className="studio-visibility">
        <VisibilitySelect
          look="quiet"
          value={row.visibility}
          label={t("visibilityOf", { title })}
          onChange={(visibility) => actions.edit({ visibility })}
        />
      </td>
      <td className="studio-date text-muted">{format.day(row.createdAtMs)}</td>
      <td className="studio-menu">
        <RowMenu row={row} state={state} actions={actions} onRename={() => setRenaming(true)} />
      </td>
    </tr>
  );
});
StudioTableRow.displayName = "StudioTableRow";
