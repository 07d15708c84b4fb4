import type { ImageFormat } from "#lib/media/ffmpeg-command.ts";
import { imageFormatOf } from "#lib/media/stills/image-command.ts";
import { inspectImage } from "#lib/media/watermark/watermark-image.ts";

/** What the header of a sent picture tells. */
export type PictureFacts = { format: ImageFormat; width: number; height: number; animated: boolean };

/** Markers before the frame header are few; a file that says otherwise is not walked to its end. */
const maxMarkers = 200;

/** SOF0 to SOF15 name the size; C4, C8 and CC are tables and an extension (ITU-T T.81, table B.1). */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Markers that stand alone, without a length: TEM, RST0 to RST7, SOI (ITU-T T.81, B.1.1.3). */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Walks the segments to the first frame header (ITU-T T.81, B.2.2): two bytes each for lines and samples per line. */
const jpegFacts = (bytes: Uint8Array): PictureFacts | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (let count = 0; count < maxMarkers && at + 9 <= bytes.byteLength; count += 1) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (isFrameHeader(marker)) {
      return { format: "jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7), animated: false };
    }
    // Any marker may be filled up with 0xFF before it (B.1.1.2).
    if (marker === 0xff) at += 1;
    else at += standsAlone(marker) ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
};

/**
 * Format, size and movement of a JPEG, PNG or WebP by its own header, as it is stored: before any turning. Null for every
 * other file. A header may lie: what counts is what the confined decoder makes of it.
 */
export const pictureFacts = (bytes: Uint8Array): PictureFacts | null =>
  imageFormatOf(bytes) === "jpeg" ? jpegFacts(bytes) : inspectImage(bytes);
