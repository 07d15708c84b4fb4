/** Largest picture (macroblocks) and rate (macroblocks per second) of each level: ITU-T H.264 table A-1. */
const levels = [
  { level: 30, frame: 1_620, second: 40_500 },
  { level: 31, frame: 3_600, second: 108_000 },
  { level: 32, frame: 5_120, second: 216_000 },
  { level: 40, frame: 8_192, second: 245_760 },
  { level: 42, frame: 8_704, second: 522_240 },
  { level: 50, frame: 22_080, second: 589_824 },
  { level: 51, frame: 36_864, second: 983_040 },
  { level: 52, frame: 36_864, second: 2_073_600 },
] as const;

/**
 * RFC 6381 codec of an H.264 High rung that is not encoded yet: the lowest usual level that holds it. Enough for a player
 * to tell whether it could play the rung; the true one comes from the init segment.
 */
export const expectedCodecs = (rung: { width: number; height: number; framesPerSecond: number }): string => {
  const frame = Math.ceil(rung.width / 16) * Math.ceil(rung.height / 16);
  const second = frame * rung.framesPerSecond;
  const fitting = levels.find((candidate) => frame <= candidate.frame && second <= candidate.second);
  return `avc1.6400${(fitting?.level ?? 52).toString(16)}`;
};
