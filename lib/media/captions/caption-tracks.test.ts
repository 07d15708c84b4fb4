import { expect, test } from "vitest";
import { languageName, languageTag } from "#lib/media/captions/caption-language.ts";
import { fileTextOf } from "#lib/media/captions/caption-tracks.ts";

test("text tracks are named by title, else language, else number; pictures are left, chapters follow the file's start", () => {
  const stream = (index: number, codec_name: string, more: object = {}) => ({
    ...{ index, codec_type: "subtitle", codec_name },
    ...more,
  });
  const json = {
    streams: [
      { index: 0, codec_type: "video", codec_name: "h264" },
      stream(1, "subrip", { tags: { language: "ukr" } }),
      stream(2, "ass", { tags: { language: "ger", title: 'Schilder\n"x"' }, disposition: { forced: 1 } }),
      stream(3, "hdmv_pgs_subtitle"),
      stream(4, "mov_text", { tags: { language: "???" }, disposition: { hearing_impaired: 1 } }),
    ],
    chapters: [
      { start_time: "1.400000", tags: { title: "One" } },
      { start_time: "3.400000", tags: {} },
    ],
    format: { format_name: "matroska,webm", start_time: "1.4", duration: "10" },
  };
  expect(fileTextOf(json)).toEqual({
    zeroMs: 1400,
    tracks: [
      { streamIndex: 1, codec: "subrip", language: "uk", label: "Українська", kind: "subtitles", forced: false },
      { streamIndex: 2, codec: "ass", language: "de", label: "Schilder x", kind: "subtitles", forced: true },
      { streamIndex: 4, codec: "mov_text", language: "und", label: "Subtitles 3", kind: "captions", forced: false },
    ],
    pictures: ["hdmv_pgs_subtitle"],
    chapters: [
      { startMs: 0, title: "One" },
      { startMs: 2000, title: "2" },
    ],
  });
  expect(fileTextOf({ streams: json.streams.slice(0, 1), format: json.format })).toBeUndefined();
});

test("language tags come in their usual form, or not at all", () => {
  expect(["UK", "ukr", "pt-br", "zh-hant-tw", "sr-Latn"].map(languageTag)).toEqual([
    ...["uk", "uk", "pt-BR", "zh-Hant-TW", "sr-Latn"],
  ]);
  for (const odd of ["", "x", "english language", "en_US", "e'n", "toolonglanguage", `en${"-abcdefgh".repeat(9)}`]) {
    expect(languageTag(odd)).toBeNull();
  }
  expect([languageName("uk"), languageName("pt-BR"), languageName("und"), languageName("qaa")]).toEqual([
    ...["Українська", "Português (Brasil)", null, null],
  ]);
});
