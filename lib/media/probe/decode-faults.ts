import { type FfmpegLogLine, isComplaint } from "#lib/media/ffmpeg-log.ts";

/** A packet that gave no frame, whatever the codec; the words of ffmpeg 5.1 and of 6 and later. */
const lost = [
  /^Error while decoding stream #/,
  /\bError submitting (a )?packet to (the )?decoder\b/,
  /\bDecoding error:/,
];

/** A frame that is handed out damaged. */
const markedCorrupt = /\bcorrupt decoded frame\b/;

/**
 * From here on ffmpeg works. Before it, it lists what the inputs say of themselves, and the name of a tag may hold anything,
 * line breaks included; outputs carry no tags.
 */
const beginsToWork = ({ level, text }: FfmpegLogLine) => level === "info" && text === "Stream mapping:";

/** A decoder that fills in what it could not read of a frame. */
const concealed = /^\[\w+ @ 0x[0-9a-f]+\] concealing \d+ DC, \d+ AC, \d+ MV errors in . frame/;

type Fault = "lost" | "corrupt" | "concealed";

const faultOf = (line: FfmpegLogLine): Fault | null => {
  if (line.level === "info") return concealed.test(line.text) ? "concealed" : null;
  if (!isComplaint(line)) return null;
  if (lost.some((fault) => fault.test(line.text))) return "lost";
  return markedCorrupt.test(line.text) ? "corrupt" : null;
};

/**
 * Counts frames and packets of a source that could not be decoded properly, as one ffmpeg tells line by line.
 *
 * Concealed frames count by what the decoder says while it conceals. Whether such a frame is also called corrupt when it is
 * handed out is a race between the threads of the decoder: the mark is set in the picture by the thread that conceals, and
 * read when a later packet's thread hands the picture out, which does not wait for the first (measured: of eight such
 * frames all are marked with one thread, four to eight with three, none to two with sixteen). So marks count only where
 * nothing was concealed. What came before ffmpeg began to work counts for nothing: a file can put words there.
 */
export const decodeFaultCounter = (): { add: (line: FfmpegLogLine) => void; count: () => number } => {
  let counts: Record<Fault, number> = { lost: 0, corrupt: 0, concealed: 0 };
  let last: Fault | null = null;
  return {
    add: (line) => {
      if (beginsToWork(line)) counts = { lost: 0, corrupt: 0, concealed: 0 };
      if (line.repeats === null) last = faultOf(line);
      if (last !== null) counts[last] += line.repeats ?? 1;
    },
    count: () => counts.lost + (counts.concealed > 0 ? counts.concealed : counts.corrupt),
  };
};
