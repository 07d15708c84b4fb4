import { readBoxHead } from "#lib/media/probe/protected-tracks.ts";
import type { Mp4Range } from "#lib/media/source/mp4-boxes.ts";
import { type Mp4Movie, readMovie } from "#lib/media/source/mp4-tracks.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { type ByteSource, readBytes } from "#lib/packaging/byte-source.ts";

const maxTopLevelBoxes = 4_096;
/** The index of 12 hours at 60 frames a second with two sound tracks has about 60 MB. */
const maxMoovBytes = 64 * 1024 * 1024;

/** An MP4 or MOV file as its top-level boxes show it. */
export type Mp4File = { movie: Mp4Movie /** Bodies of its `mdat` boxes. */; media: readonly Mp4Range[] };

/** Walks the top-level boxes and reads the index. Throws `SourceRefusal` for fragmented and damaged files. */
export const readMp4File = async (source: ByteSource): Promise<Mp4File> => {
  const media: Mp4Range[] = [];
  let moov: Mp4Range | undefined;
  let at = 0;
  for (let boxes = 0; at + 16 <= source.sizeBytes; boxes += 1) {
    requireOf(boxes < maxTopLevelBoxes, "too many boxes");
    const head = readBoxHead(await readBytes(source, at, 16));
    if (head === null) break;
    const sizeBytes = head.sizeBytes === 0 ? source.sizeBytes - at : head.sizeBytes;
    if (sizeBytes < head.headBytes) break;
    const body = { start: at + head.headBytes, end: Math.min(source.sizeBytes, at + sizeBytes) };
    requireOf(head.type !== "moof", "fragmented");
    if (head.type === "mdat") media.push(body);
    if (head.type === "moov") {
      requireOf(moov === undefined && at + sizeBytes <= source.sizeBytes, "no whole index");
      moov = body;
    }
    at += sizeBytes;
  }
  if (moov === undefined) throw new SourceRefusal("no index");
  requireOf(moov.end - moov.start <= maxMoovBytes, "an index that is too large");
  return { movie: readMovie(await readBytes(source, moov.start, moov.end - moov.start)), media };
};
