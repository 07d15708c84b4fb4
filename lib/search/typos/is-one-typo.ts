/**
 * Whether two different words are one typo apart: a letter too much, too few or another one, or two neighbours that changed
 * places (Damerau's distance 1).
 */
export const isOneTypo = (one: string, other: string): boolean => {
  const a = [...one];
  const b = [...other];
  if (a.length > b.length) return isOneTypo(other, one);
  if (b.length - a.length > 1 || one === other) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = (letters: string[], from: number) => letters.slice(from).join("");
  if (a.length < b.length) return rest(a, at) === rest(b, at + 1);
  if (rest(a, at + 1) === rest(b, at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, at + 2) === rest(b, at + 2);
};
