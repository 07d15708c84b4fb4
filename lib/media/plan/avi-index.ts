const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
const number = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

/** A RIFF chunk's name and the length of what it holds; null when the bytes end before. */
export const riffChunk = (bytes: Uint8Array, at = 0): { name: string; sizeBytes: number } | null =>
  bytes.byteLength < at + 8 ? null : { name: text(bytes, at), sizeBytes: number(bytes, at + 4) };

/** Whether a file's first 12 bytes say that it is an AVI. */
export const isAvi = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 12 && text(bytes, 0) === "RIFF" && text(bytes, 8) === "AVI ";

const entryBytes = 16;
const keyFlag = 0x10;
/** Codecs of which every picture stands for itself, as FourCCs; zeros are bare pictures. */
const intra =
  /^(mjpg|jpeg|dv(sd|hd|sl|25|50|c |cp)|hfyu|ffvh|ffv1|ul[a-z]\d|m8[a-z]{2}|png |cfhd|avdn|ap[a-z]{2}|dib |rgb |yuy2|uyvy|i420|yv12|v210|\0\0\0\0)/i;

/**
 * Whether the index (`idx1`) of an AVI can be trusted to tell where pictures can be entered: it lists pictures, and not
 * every one as a key frame, as some programs write for codecs of which that cannot be. `fourCc` is the codec's.
 */
export const isUsableIndex = ({ index, fourCc }: { index: Uint8Array; fourCc: string }): boolean => {
  let pictures = 0;
  let keys = 0;
  for (let at = 0; at + entryBytes <= index.byteLength; at += entryBytes) {
    if (!/^\d\dd[bc]$/.test(text(index, at))) continue;
    pictures += 1;
    if ((number(index, at + 4) & keyFlag) !== 0) keys += 1;
  }
  return keys > 0 && (keys < pictures || pictures === 1 || intra.test(fourCc));
};

/** Codec of the first picture stream in an AVI's headers, as a FourCC; empty when there is none. */
export const aviPictureCodec = (headers: Uint8Array): string => {
  const latin = Buffer.from(headers).toString("latin1");
  const stream = /strh[\s\S]{4}vids/.exec(latin);
  const format = stream === null ? -1 : latin.indexOf("strf", stream.index);
  return format < 0 ? "" : latin.slice(format + 24, format + 28);
};
