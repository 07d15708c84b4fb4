/**
 * What ffmpeg itself says, whatever the codec, of a frame that came out damaged and of a packet that gave none; the words of
 * 5.1 and of 6 and later.
 */
const faults = [
  /\bcorrupt decoded frame\b/,
  /^Error while decoding stream #/,
  /\bError submitting (a )?packet to (the )?decoder\b/,
  /\bDecoding error:/,
];

const repeated = /^\s*Last message repeated (\d+) times?/;

/** Frames and packets of the source that could not be decoded properly, as the warnings of one ffmpeg tell. */
export const countDecodeFaults = (stderr: string): number => {
  let count = 0;
  let isFault = false;
  for (const line of stderr.split(/\r?\n/)) {
    const times = repeated.exec(line)?.[1];
    if (times === undefined) isFault = faults.some((fault) => fault.test(line));
    if (isFault) count += Number(times ?? 1);
  }
  return count;
};
