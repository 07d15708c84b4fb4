/** One reading of how far a transfer has come. */
export type TransferSample = { atMs: number; bytes: number };

/** Readings of one stretch of a transfer, and the speed that follows from them. */
export type TransferSpeed = {
  samples: readonly TransferSample[];
  /** Smoothed bytes per second; null until two readings lie far enough apart. */
  bytesPerSecond: number | null;
};

/** The meter of a transfer that has not moved yet. */
export const idleTransfer: TransferSpeed = { samples: [], bytesPerSecond: null };

const windowMs = 8_000;
const shortestSpanMs = 400;
const sampleGapMs = 200;
/** Time after which half of the shown speed comes from new readings. */
const halfLifeMs = 2_500;

/**
 * Takes one reading. The raw speed is that of the last eight seconds; it is blended into the shown one by an exponential
 * moving average whose weight follows the time passed (w = 1 - 2^(-dt / half-life)), so that bursts of small events do not
 * count for more than their time. A reading below the last one (the server kept less than was sent) begins anew.
 */
export const takeSample = (meter: TransferSpeed, sample: TransferSample): TransferSpeed => {
  const last = meter.samples.at(-1);
  if (last === undefined) return { ...meter, samples: [sample] };
  if (sample.bytes < last.bytes || sample.atMs < last.atMs) return { samples: [sample], bytesPerSecond: null };
  if (sample.atMs - last.atMs < sampleGapMs) return meter;
  const samples = [...meter.samples.filter((old) => sample.atMs - old.atMs <= windowMs), sample];
  const first = samples[0] ?? sample;
  const spanMs = sample.atMs - first.atMs;
  if (spanMs < shortestSpanMs) return { ...meter, samples };
  const raw = ((sample.bytes - first.bytes) / spanMs) * 1000;
  const weight = 1 - 2 ** (-(sample.atMs - last.atMs) / halfLifeMs);
  const blended = meter.bytesPerSecond === null ? raw : meter.bytesPerSecond * (1 - weight) + raw * weight;
  return { samples, bytesPerSecond: blended };
};

/**
 * Seconds until the rest has passed, rounded the coarser the longer it takes, so that the figure does not flicker: to 1 s below
 * half a minute, to 5 s below five minutes, to a minute above. Null when no speed is known.
 */
export const remainingSeconds = ({
  bytesLeft,
  bytesPerSecond,
}: {
  bytesLeft: number;
  bytesPerSecond: number | null;
}): number | null => {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return roundRemaining(bytesLeft / bytesPerSecond);
};

/** Rounds a remaining time in seconds as `remainingSeconds` tells. */
export const roundRemaining = (seconds: number): number => {
  if (seconds < 30) return Math.max(1, Math.ceil(seconds));
  if (seconds < 300) return Math.ceil(seconds / 5) * 5;
  return Math.ceil(seconds / 60) * 60;
};
