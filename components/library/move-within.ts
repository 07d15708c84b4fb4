/** The list with the item of index `from` at index `to`; places outside are the nearest within. The same list when nothing moves. */
export const moveWithin = <Item>(items: readonly Item[], from: number, to: number): readonly Item[] => {
  const item = items[from];
  const target = Math.min(Math.max(to, 0), items.length - 1);
  if (item === undefined || target === from) return items;
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, target), item, ...others.slice(target)];
};

/** The place that a finger or pointer at height `y` means, among rows with these upper edges and heights, top down. */
export const placeAt = (rows: readonly { top: number; height: number }[], y: number): number => {
  const below = rows.findIndex(({ top, height }) => y < top + height);
  return below === -1 ? rows.length - 1 : below;
};
