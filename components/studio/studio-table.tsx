"use client";

import { useTranslations } from "next-intl";
import "./studio-table.css";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { StudioRow } from "./studio-row.ts";
import { StudioTableRow } from "./studio-table-row.tsx";
import type { Selection } from "./use-selection.ts";

/** The caller's videos; rows move by themselves, a choice of them can be changed at once. */
export const StudioTable = ({ rows, selection }: { rows: readonly StudioRow[]; selection: Selection }) => {
  const t = useTranslations("studio");
  return (
    <table className="studio-table">
      <caption className="sr-only">{t("title")}</caption>
      <thead>
        <tr className="studio-row studio-head text-12 text-muted">
          <th scope="col" className="studio-select">
            <Checkbox
              checked={selection.all}
              indeterminate={selection.some && !selection.all}
              onChange={selection.selectAll}
              label={t("selectAll")}
            />
          </th>
          <th scope="col">{t("column.video")}</th>
          <th scope="col">{t("column.state")}</th>
          <th scope="col">{t("column.visibility")}</th>
          <th scope="col">{t("column.date")}</th>
          <th scope="col">
            <span className="sr-only">{t("column.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <StudioTableRow key={row.key} row={row} selected={selection.has(row.key)} onSelect={selection.select} />
        ))}
      </tbody>
    </table>
  );
};
