/**
 * Every way in which processing a file can fail. `retryable` says whether the same file may work at another try; the
 * words for people are in the message files (`failures.<code>`).
 */
export const failureCodes = {
  not_media: { retryable: false },
  empty_file: { retryable: false },
  no_streams: { retryable: false },
  unsupported_codec: { retryable: false },
  too_large_frame: { retryable: false },
  too_long: { retryable: false },
  too_many_streams: { retryable: false },
  drm: { retryable: false },
  corrupt: { retryable: false },
  truncated: { retryable: false },
  timeout: { retryable: true },
  processing_failed: { retryable: true },
  cancelled: { retryable: true },
  source_missing: { retryable: false },
  internal: { retryable: true },
} as const satisfies Record<string, { retryable: boolean }>;

/** Machine-readable reason why a video failed. */
export type FailureCode = keyof typeof failureCodes;

/** Whether a stored word is a code this version knows. */
export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureCodes, code);

/** A fault of the media, as opposed to one of the machine. `detail` is for the operator and never shown to viewers. */
export class MediaFailure extends Error {
  readonly code: FailureCode;
  readonly detail: string | null;

  constructor(code: FailureCode, options: { detail?: string; cause?: unknown } = {}) {
    super(`The media failed: ${code}.`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "MediaFailure";
    this.code = code;
    this.detail = options.detail ?? null;
  }

  /** Whether the same file may work at another try. */
  get retryable(): boolean {
    return failureCodes[this.code].retryable;
  }
}

/** How a run of ffmpeg or ffprobe ended. */
export type ToolOutcome = {
  tool: "ffmpeg" | "ffprobe";
  /** `stalled`: no progress for too long; `overtime`: the wall-clock limit was reached; `exit`: it ended by itself. */
  ended: "exit" | "stalled" | "overtime";
  exitCode: number | null;
  /** Signal that ended it, such as `SIGKILL` from the kernel when memory ran out. */
  signal: string | null;
  /** The end of what it wrote to stderr. */
  stderr: string;
};

/** A fault of the machine, which is retried, and what it was about. */
export type MachineFault = { machine: "no_space" | "killed" };

/** Sentences of ffmpeg 5 that name a cause, the most telling first: several may stand in one output. */
const sentences: readonly { pattern: RegExp; code: FailureCode }[] = [
  { pattern: /Number of streams exceeds max_streams|exceeds max_streams/, code: "too_many_streams" },
  // `-max_pixels` is reported as an invalid picture size.
  { pattern: /Picture size \d+x\d+ (is invalid|exceeds)|exceeds specified max pixel count/, code: "too_large_frame" },
  // Any bytes at all may pass for an MP4 with a score of 1; a real one without its index scores far more.
  { pattern: /detected only with low score/, code: "not_media" },
  { pattern: /moov atom not found|partial file/, code: "truncated" },
  { pattern: /Format not on whitelist|Protocol '.*' not on whitelist|Unknown input format/, code: "not_media" },
  {
    pattern: /Codec \(.*\) not on whitelist|Decoder \(codec .*\) not found|Unsupported codec with id/,
    code: "unsupported_codec",
  },
  { pattern: /not yet implemented in FFmpeg|is not implemented/, code: "unsupported_codec" },
  { pattern: /decryption key|encrypted|Encrypted/, code: "drm" },
  // A stream that is declared, of which nothing can be decoded.
  { pattern: /Cannot determine format of input stream/, code: "corrupt" },
  {
    pattern: /Output file #?\d* ?does not contain any stream|does not contain any stream|matches no streams/,
    code: "no_streams",
  },
];

const damage =
  /Invalid data found when processing input|error while decoding|Error while decoding|Invalid NAL|corrupt/i;

/** Numbers that a wrapper adds to 128 when the program under it was ended by a signal. */
const signalNumbers: Record<number, string> = {
  4: "SIGILL",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
  24: "SIGXCPU",
  25: "SIGXFSZ",
};

const signalOf = ({ signal, exitCode }: ToolOutcome): string | null => {
  if (signal !== null) return signal;
  // ffmpeg answers a polite signal with 255.
  if (exitCode === null || exitCode === 255) return "SIGTERM";
  return signalNumbers[exitCode - 128] ?? null;
};

const failureFromSignal = ({ signal, detail }: { signal: string; detail: string }): MediaFailure | MachineFault => {
  // Our own limits on this very file.
  if (signal === "SIGXCPU" || signal === "SIGXFSZ")
    return new MediaFailure("timeout", { detail: `${signal}\n${detail}` });
  // Killed from outside, by the kernel when memory ran out or by the operator.
  if (signal === "SIGKILL" || signal === "SIGTERM") return { machine: "killed" };
  // A decoder that crashes does so because of the file.
  return new MediaFailure("processing_failed", { detail: `${signal}\n${detail}` });
};

/**
 * Reads the cause out of how ffmpeg or ffprobe ended. Pure. Gives null when the run succeeded, a `MachineFault` for what
 * is not the file's fault, and otherwise the failure to record.
 */
export const failureFromOutcome = (outcome: ToolOutcome): MediaFailure | MachineFault | null => {
  const { stderr } = outcome;
  const detail = stderr.slice(-2000);
  if (outcome.ended !== "exit") return new MediaFailure("timeout", { detail: `${outcome.ended}\n${detail}` });
  if (outcome.exitCode === 0) return null;
  if (/No space left on device|Disk quota exceeded/.test(stderr)) return { machine: "no_space" };
  const named = sentences.find(({ pattern }) => pattern.test(stderr));
  if (named !== undefined) return new MediaFailure(named.code, { detail });
  const signal = signalOf(outcome);
  if (signal !== null) return failureFromSignal({ signal, detail });
  if (damage.test(stderr)) return new MediaFailure(outcome.tool === "ffprobe" ? "not_media" : "corrupt", { detail });
  return new MediaFailure(outcome.tool === "ffprobe" ? "not_media" : "processing_failed", { detail });
};
