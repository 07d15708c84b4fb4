/** One report of `ffmpeg -progress`. */
export type FfmpegProgress = {
  frame: number | null;
  /** End of what was written so far, in seconds of media. */
  outSeconds: number | null;
  /** Media seconds per second. */
  speed: number | null;
  totalBytes: number | null;
};

const numberOf = (text: string | undefined, factor = 1): number | null => {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) && value >= 0 ? value * factor : null;
};

/**
 * Reads `-progress pipe:` piece by piece: feed it what comes, it calls `onProgress` for each complete report. Lines are
 * bounded; what does not look like a report is passed over.
 */
export const progressReader = (onProgress: (progress: FfmpegProgress) => void): ((piece: string) => void) => {
  let rest = "";
  let fields: Record<string, string> = {};
  const line = (text: string) => {
    const at = text.indexOf("=");
    if (at < 0) return;
    const key = text.slice(0, at).trim();
    fields[key] = text.slice(at + 1).trim();
    if (key !== "progress") return;
    onProgress({
      frame: numberOf(fields["frame"]),
      outSeconds: numberOf(fields["out_time_us"], 1e-6),
      speed: numberOf(fields["speed"]),
      totalBytes: numberOf(fields["total_size"]),
    });
    fields = {};
  };
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = (lines.pop() ?? "").slice(-4096);
    for (const text of lines) line(text);
  };
};
