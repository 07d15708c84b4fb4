/**
 * Keeps the last `limit` characters of a text that comes in pieces. Cut only when it has doubled: many short pieces cost
 * no more than a few long ones.
 */
export const textTail = (limit: number): { add: (piece: string) => void; text: () => string } => {
  let pieces: string[] = [];
  let length = 0;
  const text = () => pieces.join("").slice(-limit);
  const add = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
    if (length <= 2 * limit) return;
    pieces = [text()];
    length = limit;
  };
  return { add, text };
};
