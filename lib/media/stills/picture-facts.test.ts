import { describe, expect, test } from "vitest";
import { pictureFacts } from "#lib/media/stills/picture-facts.ts";

const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat()]);
const app = (size: number) => [0xff, 0xe1, size >> 8, size & 0xff, ...Array.from({ length: size - 2 }, () => 0)];
/** A frame header of 640 × 480. */
const frame = (marker: number) => [0xff, marker, 0, 11, 8, 0x01, 0xe0, 0x02, 0x80, 1, 1, 0x11, 0];

describe("the header of a JPEG", () => {
  test("tells its size behind other segments, progressive ones too", () => {
    const facts = { format: "jpeg", width: 640, height: 480, animated: false };
    expect(pictureFacts(jpeg(frame(0xc0)))).toEqual(facts);
    expect(pictureFacts(jpeg(app(300), [0xff, 0xff], frame(0xc2)))).toEqual(facts);
    expect(pictureFacts(jpeg([0xff, 0x01], frame(0xc1)))).toEqual(facts);
  });

  test("is no header without a frame, with tables only, cut off, or of other bytes", () => {
    const table = [0xff, 0xc4, 0, 4, 0, 0];
    for (const bytes of [
      jpeg(),
      jpeg(table, table, table),
      jpeg(frame(0xc0).slice(0, 6)),
      jpeg(app(40).slice(0, 20)),
      jpeg([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ]) {
      expect(pictureFacts(bytes)).toBeNull();
    }
  });

  test("that leads nowhere is walked for a while only", () => {
    expect(pictureFacts(jpeg(Array.from({ length: 100_000 }, () => 0xff)))).toBeNull();
    expect(pictureFacts(jpeg([0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]))).toBeNull();
  });
});
