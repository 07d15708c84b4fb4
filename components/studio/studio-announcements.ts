import type { RowState } from "./row-state.ts";

/** What is worth saying aloud about a row; never each percent. */
export type Announcement =
  | { kind: "uploadShare"; title: string; quarter: 25 | 50 | 75 }
  | { kind: "received" | "processing" | "ready" | "failed" | "stopped" | "reconnecting"; title: string };

/** A row as far as announcing needs it. */
export type AnnouncedRow = { key: string; title: string; state: RowState };

const quarterOf = (percent: number) => (percent >= 75 ? 75 : percent >= 50 ? 50 : percent >= 25 ? 25 : 0);

const ofState: Partial<Record<RowState["kind"], Exclude<Announcement["kind"], "uploadShare">>> = {
  received: "received",
  processing: "processing",
  ready: "ready",
  failed: "failed",
  uploadProblem: "stopped",
  reconnecting: "reconnecting",
};

const between = (before: RowState, { title, state }: AnnouncedRow): Announcement[] => {
  if (state.kind === "uploading" && before.kind === "uploading") {
    const quarter = quarterOf(state.percent);
    return quarter !== 0 && quarter > quarterOf(before.percent) ? [{ kind: "uploadShare", title, quarter }] : [];
  }
  const kind = ofState[state.kind];
  return kind === undefined || state.kind === before.kind ? [] : [{ kind, title }];
};

/** What to say after rows changed: new states and quarters of an upload. New rows say nothing, the table itself shows them. */
export const announcements = (before: ReadonlyMap<string, RowState>, rows: readonly AnnouncedRow[]): Announcement[] =>
  rows.flatMap((row) => {
    const earlier = before.get(row.key);
    return earlier === undefined ? [] : between(earlier, row);
  });
