import { describe, expect, it } from "vitest";
import { id3Tag, type Mp3Tags } from "./id3-tag.ts";

const tags = (over: Partial<Mp3Tags> = {}): Mp3Tags => ({
  title: "A",
  artist: null,
  date: null,
  cover: null,
  chapters: [],
  durationMs: 1_000,
  ...over,
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const ids = (bytes: Uint8Array): string[] => {
  const found: string[] = [];
  for (let at = 10; at < bytes.length; ) {
    found.push(Buffer.from(bytes.subarray(at, at + 4)).toString("latin1"));
    at += 10 + Buffer.from(bytes).readUInt32BE(at + 4);
  }
  return found;
};

describe("an ID3v2.3 tag", () => {
  it("has the exact bytes of a title alone", () => {
    // "ID3", version 3.0, no flags, size 15; TIT2, size 5, no flags; UTF-16, mark, "A".
    expect(hex(id3Tag(tags()))).toBe(
      "494433" + "0300" + "00" + "0000000f" + "54495432" + "00000005" + "0000" + "01" + "fffe" + "4100",
    );
  });

  it("gives its size in groups of seven bits", () => {
    const tag = id3Tag(tags({ cover: new Uint8Array(20_000) }));
    const size = (tag[6] ?? 0) * 2 ** 21 + (tag[7] ?? 0) * 2 ** 14 + (tag[8] ?? 0) * 2 ** 7 + (tag[9] ?? 0);
    expect(size).toBe(tag.length - 10);
    expect(tag.subarray(6, 10).every((byte) => byte < 0x80)).toBe(true);
  });

  it("names artist, year and day, chapters with their list, and the cover last", () => {
    const tag = id3Tag(
      tags({
        artist: "Олена",
        date: new Date("2026-03-09T23:30:00Z"),
        chapters: [
          { startMs: 0, title: "One" },
          { startMs: 400, title: "Two" },
        ],
        cover: Uint8Array.of(0xff, 0xd8, 0xff),
      }),
    );
    expect(ids(tag)).toEqual(["TIT2", "TPE1", "TYER", "TDAT", "CTOC", "CHAP", "CHAP", "APIC"]);
    expect(Buffer.from(tag).includes(Buffer.from("0903", "utf16le"))).toBe(true);
  });

  it("ends the last chapter with the video", () => {
    const tag = Buffer.from(id3Tag(tags({ chapters: [{ startMs: 250, title: "Only" }] })));
    const at = tag.indexOf("CHAP") + 10 + "chp0\0".length;
    expect([tag.readUInt32BE(at), tag.readUInt32BE(at + 4)]).toEqual([250, 1_000]);
  });
});
