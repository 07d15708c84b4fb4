import { describe, expect, it } from "vitest";
import { fingerprintOf, mayBeMedia, titleFromFilename } from "./media-file.ts";

describe("mayBeMedia", () => {
  it.each([
    ["clip.mp4", "video/mp4"],
    ["voice.m4a", "audio/x-m4a"],
    ["Відео.MKV", ""],
    ["master.mxf", "application/mxf"],
    ["stream.ts", "text/vnd.trolltech.linguist"],
    ["noending", ""],
    ["strange.vid", ""],
  ])("takes %s of type '%s'", (name, type) => {
    expect(mayBeMedia({ name, type })).toBe(true);
  });

  it.each([
    ["letter.pdf", "application/pdf"],
    ["photo.heic", ""],
    ["subtitles.srt", ""],
    ["picture.png", "image/png"],
  ])("refuses %s of type '%s'", (name, type) => {
    expect(mayBeMedia({ name, type })).toBe(false);
  });
});

describe("titleFromFilename", () => {
  it.each([
    ["The_last__ferry.mp4", "The last ferry"],
    ["Ґрунт і глина.mov", "Ґрунт і глина"],
    ["v1.2 final.mkv", "v1.2 final"],
    ["report.v2", "report.v2"],
    [".mp4", ".mp4"],
  ])("makes of %s the title %s", (name, title) => {
    expect(titleFromFilename(name)).toBe(title);
  });

  it("stays within what the server takes", () => {
    expect(titleFromFilename(`${"a".repeat(300)}.mp4`)).toHaveLength(200);
  });
});

describe("fingerprintOf", () => {
  it("differs when name, size or time of change differ", () => {
    const file = { name: "a.mp4", size: 5, lastModified: 7 };
    const prints = [file, { ...file, name: "b.mp4" }, { ...file, size: 6 }, { ...file, lastModified: 8 }].map(
      fingerprintOf,
    );
    expect(new Set(prints).size).toBe(4);
  });
});
