/** Room between neighbours: about 24 moves fit between the same two before all get new places. */
const room = 2 ** 24;

/**
 * A place between two neighbours (null: the beginning, or the end), so that moving one item changes one row. Null when
 * there is none left between them: then every item gets a new place (`spread`).
 */
export const positionBetween = (before: number | null, after: number | null): number | null => {
  if (before === null) return after === null ? 0 : after - room;
  if (after === null) return before + room;
  const middle = Math.floor((before + after) / 2);
  return middle > before && middle < after ? middle : null;
};

/** Places for so many items, with room between all of them. */
export const spread = (count: number): number[] => Array.from({ length: count }, (_, index) => index * room);
