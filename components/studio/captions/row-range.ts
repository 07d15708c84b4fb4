/** Height of a row of the list, in pixels. */
export const rowHeight = 64;

/** Rows drawn above and below what is in sight. */
const spare = 8;

/** Which rows are drawn, `to` excluded: those in sight and a few around, so that a track of ten hours costs no more than a short one. */
export const rowRange = (view: { scrollTop: number; height: number; count: number }): { from: number; to: number } => {
  const { scrollTop, height, count } = view;
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { from: Math.min(from, count), to: Math.max(to, Math.min(from, count)) };
};

/** Where to scroll for a row: null when it is in sight already. `near` moves as little as it can. */
export const topFor = (view: {
  scrollTop: number;
  height: number;
  index: number;
  place: "near" | "middle";
}): number | null => {
  const { scrollTop, height, index, place } = view;
  const top = index * rowHeight;
  if (top >= scrollTop && top + rowHeight <= scrollTop + height) return null;
  if (place === "middle") return Math.max(0, top - (height - rowHeight) / 2);
  return top < scrollTop ? top : top + rowHeight - height;
};
