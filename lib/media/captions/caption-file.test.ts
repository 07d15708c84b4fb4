import { describe, expect, test } from "vitest";
import { type CaptionEncoding, decodeCaptions } from "#lib/media/captions/caption-encoding.ts";
import { maxCaptionBytes, readCaptionFile } from "#lib/media/captions/caption-file.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCaptionFile(bytes(text));
const textsOf = (text: string) => read(text).cues.map((cue) => cue.text);

/** The upper halves of the two encodings; everything else in the samples is ASCII. */
const encodeSingle = (text: string, encoding: "windows-1251" | "windows-1252"): Uint8Array => {
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(new Uint8Array([byte])), byte]),
  );
  return Uint8Array.from([...text].map((sign) => table.get(sign) ?? 0x3f));
};

const encodeDouble = (text: string, littleEndian: boolean, mark: boolean): Uint8Array => {
  const all = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(all.length * 2));
  for (let at = 0; at < all.length; at += 1) view.setUint16(at * 2, all.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
};

const srtOf = (...lines: string[]) =>
  lines
    .map((line, index) => `${index + 1}\r\n00:00:0${index},500 --> 00:00:0${index + 1},250\r\n${line}\r\n`)
    .join("\r\n");

const ukrainian = srtOf("Їжак з'їв яблуко, а ґава — ні.", "ЗНОВУ «ЄДИНІ» В СЕЛІ!", "Щось є. І це добре…");
const french = srtOf("Ça va ? Très bien, merci.", "Où étiez-vous à Noël ?", "Élève, déjà là…");
const german = srtOf("Größe und Grüße, Übermut", "ÄRGER mit Öl", "Straße");
const english = srtOf("It’s a “quote” – nothing more", "Café", "Plain");

describe("encodings", () => {
  test.each<[string, Uint8Array, CaptionEncoding, string]>([
    ["UTF-8", bytes(ukrainian), "utf-8", ukrainian],
    ["UTF-8 with a mark", bytes(`\ufeff${ukrainian}`), "utf-8", ukrainian],
    ["UTF-16 LE with a mark", encodeDouble(ukrainian, true, true), "utf-16le", ukrainian],
    ["UTF-16 BE with a mark", encodeDouble(ukrainian, false, true), "utf-16be", ukrainian],
    ["UTF-16 LE without a mark", encodeDouble(ukrainian, true, false), "utf-16le", ukrainian],
    ["UTF-16 BE without a mark", encodeDouble(ukrainian, false, false), "utf-16be", ukrainian],
    ["windows-1251 Ukrainian", encodeSingle(ukrainian, "windows-1251"), "windows-1251", ukrainian],
    ["windows-1252 French", encodeSingle(french, "windows-1252"), "windows-1252", french],
    ["windows-1252 German", encodeSingle(german, "windows-1252"), "windows-1252", german],
    ["windows-1252 quotes", encodeSingle(english, "windows-1252"), "windows-1252", english],
  ])("%s is found out", (_name, file, encoding, text) => {
    expect(decodeCaptions(file)).toEqual({ text, encoding });
  });

  test("a file in windows-1251 becomes captions", () => {
    const { cues, format } = readCaptionFile(encodeSingle(ukrainian, "windows-1251"));
    expect(format).toBe("srt");
    expect(cues).toEqual([
      { startMs: 500, endMs: 1250, text: "Їжак з'їв яблуко, а ґава — ні." },
      { startMs: 1500, endMs: 2250, text: "ЗНОВУ «ЄДИНІ» В СЕЛІ!" },
      { startMs: 2500, endMs: 3250, text: "Щось є. І це добре…" },
    ]);
  });
});

describe("SRT", () => {
  test("as hands and programs write it", () => {
    const file = [
      "1",
      "00:00:01,000 --> 00:00:02,500  X1:10 X2:20",
      "<i>one</i>",
      "",
      "still one",
      "",
      "2",
      "0:0:3.5 -> 0:0:4",
      "1984",
      "",
      "00:00:05,000 --> 00:00:06,000",
      "",
      "4",
      "00:00:07,000 --> 00:00:08,000",
      "9",
    ].join("\n");
    expect(read(file).cues).toEqual([
      { startMs: 1000, endMs: 2500, text: "<i>one</i>\nstill one" },
      { startMs: 3500, endMs: 4000, text: "1984" },
      { startMs: 7000, endMs: 8000, text: "9" },
    ]);
  });

  test("keeps bold, italic and underline, balanced, and drops all other marks", () => {
    const one = (line: string) => textsOf(`1\n00:00:01,000 --> 00:00:02,000\n${line}\n`)[0];
    expect(one('<font color="#ff0000">red</font> <B>bold</b>')).toBe("red <b>bold</b>");
    expect(one("{\\an8}{\\pos(1,2)}top {\\i1}slanted{\\i0} end")).toBe("top <i>slanted</i> end");
    expect(one("<b>never <i>closed")).toBe("<b>never </b><b><i>closed</i></b>");
    expect(one("a < b && c > d <laughs> <3")).toBe("a &lt; b &amp;&amp; c &gt; d &lt;laughs&gt; &lt;3");
    expect(one("<script>alert(1)</script>")).toBe("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(one("cue --> in words &lt;i&gt; &#169;")).toBe("cue --&gt; in words &lt;i&gt; ©");
    expect(one("{no override} stays")).toBe("{no override} stays");
  });
});

describe("WebVTT", () => {
  test("with header, notes, styles, identifiers, settings and voices", () => {
    const file = `WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

NOTE nothing --> here

id 1
00:01.000 --> 00:02.000 align:start position:10%
<v Roger Bingham>We are in <c.loud>New York</c></v>

01:00:00.000 --> 01:00:01.250
<00:00:01.000><lang en>A &amp; B</lang> <ruby>漢<rt>kan</rt></ruby>`;
    expect(read(file).cues).toEqual([
      { startMs: 1000, endMs: 2000, text: "We are in New York", settings: "align:start position:10%" },
      { startMs: 3_600_000, endMs: 3_601_250, text: "A &amp; B 漢kan" },
    ]);
  });

  test("is written to the letter, and what was written reads back as it was", () => {
    const { cues } = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<b>a & b</b>\nsecond\n");
    const text = writeVtt({ cues, forStreams: true });
    expect(text).toBe(
      "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00:01.000 --> 00:00:02.000\n<b>a &amp; b</b>\nsecond\n",
    );
    expect(read(text).cues).toEqual(cues);
  });

  test("with faulty times is refused with the line", () => {
    expect(() => read("WEBVTT\n\n00:01,000 --> 00:02,000\nx")).toThrow("line 3");
    expect(() => read("WEBVTT\n\n00:61.000 --> 00:62.000\nx")).toThrow("line 3");
  });
});

test("ASS loses looks, places and drawings, and keeps its words", () => {
  const file = `[Script Info]
Title: x
[V4+ Styles]
Format: Name, Fontname
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,not shown
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\pos(10,20)\\i1}Italic{\\i0}, one\\Ntwo & <b>x
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\b700\\blur3}heavy{\\r} light{\\k20}ka{\\fad(1,2)}ra`;
  expect(read(file).cues).toEqual([
    { startMs: 1000, endMs: 2500, text: "<i>Italic</i>, one\ntwo &amp; &lt;b&gt;x" },
    { startMs: 5000, endMs: 6000, text: "<b>heavy</b> lightkara" },
  ]);
});

describe("tidying", () => {
  const srt = (...cues: [string, string, string][]) =>
    cues.map(([from, to, text]) => `1\n00:00:${from} --> 00:00:${to}\n${text}\n`).join("\n");

  test("sorts, drops empty, turned and doubled captions, and joins equal ones in a row", () => {
    const file = srt(
      ["05,000", "06,000", "late"],
      ["01,000", "02,000", "same"],
      ["02,000", "03,000", "same"],
      ["01,000", "02,000", "same"],
      ["04,000", "03,000", "turned"],
      ["03,500", "04,000", "<i> </i>"],
    );
    expect(read(file).cues).toEqual([
      { startMs: 1000, endMs: 3000, text: "same" },
      { startMs: 5000, endMs: 6000, text: "late" },
    ]);
  });

  test("takes a slip of time away and leaves two voices alone", () => {
    const file = srt(["01,000", "02,040", "a"], ["02,000", "04,000", "b"], ["03,000", "05,000", "c"]);
    expect(read(file).cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1000, 2000],
      [2000, 4000],
      [3000, 5000],
    ]);
  });

  test("never shows more than six captions at once, eight lines or a thousand signs", () => {
    const crowd = srt(
      ...Array.from({ length: 30 }, (_, index): [string, string, string] => ["01,000", "02,000", `${index}`]),
    );
    expect(read(crowd).cues).toHaveLength(6);
    const long = read(srt(["01,000", "02,000", `${"x\n".repeat(50)}`])).cues[0]?.text ?? "";
    expect(long.split("\n")).toHaveLength(8);
    const wide = read(srt(["01,000", "02,000", "й".repeat(5_000)])).cues[0]?.text ?? "";
    expect(wide).toBe(`${"й".repeat(999)}…`);
  });
});

describe("hostile files", () => {
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return null;
  };

  test.each([
    ["nothing", ""],
    ["words", "Just a letter to a friend."],
    ["a header alone", "WEBVTT\n\n"],
    ["times alone", "1\n00:00:01,000 --> 00:00:02,000\n\n"],
    ["a page", "<html><body>--></body></html>"],
    ["a picture", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR->\0\0"],
  ])("%s is refused with a code and a hint", (_name, file) => {
    expect(refusal(() => read(file))).toMatchObject({ code: "unprocessable", hint: expect.any(String) });
  });

  test("more than 2 MB is too large, more than 20 000 captions too many", () => {
    expect(refusal(() => readCaptionFile(new Uint8Array(maxCaptionBytes + 1)))).toMatchObject({ code: "too_large" });
    const many = `WEBVTT\n\n${"00:01.000 --> 00:02.000\nx\n\n".repeat(20_001)}`;
    expect(refusal(() => read(many))).toMatchObject({ code: "unprocessable" });
  });

  test.each([
    ["angle brackets", "<".repeat(1_900_000)],
    ["open tags", "<b ".repeat(600_000)],
    ["braces", "{\\".repeat(900_000)],
    ["ampersands", "&#".repeat(900_000)],
    ["spaces", `x${" ".repeat(1_900_000)}`],
    ["line ends", "\n".repeat(1_900_000)],
    ["digits before an arrow", `${"0:".repeat(900_000)}-->`],
    ["arrows", "-->\n".repeat(450_000)],
  ])("two megabytes of %s take no time", (_name, filling) => {
    const began = performance.now();
    refusal(() => read(`1\n00:00:01,000 --> 00:00:02,000\n${filling}`));
    refusal(() => read(`WEBVTT\n\n00:01.000 --> 00:02.000\n${filling}`));
    refusal(() => read(`[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,${filling}`));
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test("no word of a file becomes a line of WebVTT's own", () => {
    const file =
      "1\n00:00:01,000 --> 00:00:02,000\nNOTE\u2028x\u0085y\u000bz\r00:00:09,000 --&gt; 00:00:10,000\nSTYLE\n";
    const text = writeVtt({ cues: read(file).cues, forStreams: false });
    expect(text.split("\n").filter((line) => line.includes("-->"))).toEqual(["00:00:01.000 --> 00:00:02.000"]);
    expect(/\p{Cc}/u.test(text.replaceAll("\n", ""))).toBe(false);
  });
});

test("a line of half a million ASS fields does not make every caption cost as much", () => {
  const text = `[Events]\nFormat: ${"a,".repeat(500_000)}Text\n${"Dialogue:,\n".repeat(80_000)}`;
  const begun = performance.now();
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "unprocessable" }));
  // Minutes before the fields were bounded.
  expect(performance.now() - begun).toBeLessThan(5_000);
});
