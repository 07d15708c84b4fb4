/** What an MP3 says about itself. Absent parts are left out. */
export type Mp3Tags = {
  title: string;
  artist: string | null;
  /** Day of publication, in UTC. */
  date: Date | null;
  /** A JPEG. */
  cover: Uint8Array | null;
  /** In order; each lasts until the next, the last until `durationMs`. */
  chapters: readonly { startMs: number; title: string }[];
  durationMs: number;
};

const textEncodingUtf16 = 1;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};

/** ID3v2.3 section 3.1: the tag's size is given in four groups of seven bits. */
const synchsafe = (value: number): Uint8Array => Uint8Array.from([21, 14, 7, 0], (shift) => (value >> shift) & 0x7f);

/** UTF-16 with its byte order mark (section 3.3), little-endian, which every player reads. */
const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 + 2 * index, text.charCodeAt(index), true);
  return bytes;
};

const frame = (id: string, body: Uint8Array): Uint8Array =>
  joined(ascii(id), u32(body.length), Uint8Array.of(0, 0), body);

const textFrame = (id: string, text: string): Uint8Array =>
  frame(id, joined(Uint8Array.of(textEncodingUtf16), utf16(text)));

const two = (value: number) => String(value).padStart(2, "0");

/** Version 2.3 has the year and the day of the year's date in frames of their own. */
const dateFrames = (date: Date): Uint8Array[] => [
  textFrame("TYER", String(date.getUTCFullYear())),
  textFrame("TDAT", two(date.getUTCDate()) + two(date.getUTCMonth() + 1)),
];

const frontCover = 3;

const coverFrame = (jpeg: Uint8Array): Uint8Array =>
  frame("APIC", joined(Uint8Array.of(0), ascii("image/jpeg\0"), Uint8Array.of(frontCover, 0), jpeg));

const noOffset = 0xffffffff;

const chapterFrames = ({ chapters, durationMs }: Mp3Tags): Uint8Array[] => {
  if (chapters.length === 0) return [];
  const ids = chapters.map((_, index) => ascii(`chp${index}\0`));
  const list = frame(
    "CTOC",
    joined(ascii("toc\0"), Uint8Array.of(0b11, Math.min(255, ids.length)), ...ids.slice(0, 255)),
  );
  const each = chapters.slice(0, 255).map(({ startMs, title }, index) => {
    const endMs = chapters[index + 1]?.startMs ?? Math.max(durationMs, startMs);
    const times = joined(u32(startMs), u32(endMs), u32(noOffset), u32(noOffset));
    return frame("CHAP", joined(ids[index] ?? ascii("chp\0"), times, textFrame("TIT2", title)));
  });
  return [list, ...each];
};

/**
 * An ID3v2.3 tag (id3.org, informal standard 2.3.0, with its chapter frame addendum 1.0) to stand before the frames of
 * an MP3. Pure: equal input gives equal bytes.
 */
export const id3Tag = (tags: Mp3Tags): Uint8Array => {
  const body = joined(
    textFrame("TIT2", tags.title),
    ...(tags.artist === null ? [] : [textFrame("TPE1", tags.artist)]),
    ...(tags.date === null ? [] : dateFrames(tags.date)),
    ...chapterFrames(tags),
    ...(tags.cover === null ? [] : [coverFrame(tags.cover)]),
  );
  return joined(ascii("ID3"), Uint8Array.of(3, 0, 0), synchsafe(body.length), body);
};
