import { useCallback, useMemo, useState } from "react";
import type { StudioRow } from "./studio-row.ts";

/** Which rows are chosen. */
export type Selection = {
  has: (key: string) => boolean;
  select: (key: string, selected: boolean) => void;
  selectAll: (selected: boolean) => void;
  clear: () => void;
  /** Chosen videos, in the order shown. */
  videoIds: readonly string[];
  some: boolean;
  all: boolean;
};

/** Keeps the choice of rows; rows that are gone or unknown to the server drop out of it. */
export const useSelection = (rows: readonly StudioRow[]): Selection => {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback((key: string, selected: boolean) => {
    setKeys((old) => (selected ? new Set([...old, key]) : new Set([...old].filter((other) => other !== key))));
  }, []);
  const clear = useCallback(() => setKeys(new Set()), []);
  return useMemo(() => {
    const selectable = rows.filter(({ video }) => video !== null);
    const chosen = selectable.filter(({ key }) => keys.has(key));
    return {
      has: (key) => keys.has(key),
      select,
      selectAll: (selected) => setKeys(new Set(selected ? selectable.map(({ key }) => key) : [])),
      clear,
      videoIds: chosen.flatMap(({ videoId }) => videoId ?? []),
      some: chosen.length > 0,
      all: chosen.length > 0 && chosen.length === selectable.length,
    };
  }, [rows, keys, select, clear]);
};
