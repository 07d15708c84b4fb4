/** A line of a transcript, as the API gives it. */
export type TranscriptLine = { startMs: number; endMs: number; text: string };

/** Which of the lines, in order of their times, is being said: the last that has begun; -1 before the first. */
export const lineAt = (lines: readonly TranscriptLine[], atMs: number): number => {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.startMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
