/** A line that ffmpeg logged. */
export type FfmpegLogLine = {
  /** Its level's name, such as `warning` or `info`; null where none was told, as of what is no part of ffmpeg. */
  level: string | null;
  /** As without the option `level` of `-loglevel`. */
  text: string;
  /** How often the line before came again; null for a line of its own. */
  repeats: number | null;
};

/** Who speaks (`[h264 @ 0x55]`, outermost first), and the level. */
const marked =
  /^((?:\[[^[\]]{1,100} @ 0x[0-9a-f]+\] ){0,3})\[(quiet|panic|fatal|error|warning|info|verbose|debug|trace)\] /;
const repeated = /^\s*Last message repeated (\d+) times?/;
const longestLine = 4096;

/**
 * Reads what `-loglevel level+…` writes, piece by piece, and calls `onLine` for each line. Indented lines without a level go
 * on with the one before: a tag's text may have many lines. The name of a tag may too, and those are not indented: what comes
 * before `Stream mapping:` may be a file's own words. Lines are bounded; call `end` for the last one.
 */
export const ffmpegLogReader = (
  onLine: (line: FfmpegLogLine) => void,
): { add: (piece: string) => void; end: () => void } => {
  let rest = "";
  let level: string | null = null;
  const read = (line: string) => {
    const text = line.replace(/\r$/, "");
    const found = marked.exec(text);
    const [mark = "", speakers = "", name] = found ?? [];
    if (name !== undefined) level = name;
    else if (!/^\s/.test(text)) level = null;
    const repeats = name === undefined ? repeated.exec(text)?.[1] : undefined;
    onLine({
      ...{ level, text: `${speakers}${text.slice(mark.length)}` },
      repeats: repeats === undefined ? null : Number(repeats),
    });
  };
  return {
    add: (piece) => {
      const lines = (rest + piece).split("\n");
      rest = (lines.pop() ?? "").slice(0, longestLine);
      for (const line of lines) read(line);
    },
    end: () => {
      if (rest !== "") read(rest);
      rest = "";
    },
  };
};

/** Whether a line tells of something that went wrong, or is no line of ffmpeg's. */
export const isComplaint = ({ level }: FfmpegLogLine): boolean =>
  level === null || ["panic", "fatal", "error", "warning"].includes(level);
