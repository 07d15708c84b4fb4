import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

/** The words of the samples. */
export const sampleSrt = `1
00:00:01,000 --> 00:00:02,500
<i>Привіт</i>, a < b & c
second <font color="red">line</font>

2
00:00:03,000 --> 00:00:04,000
{\\an8}Top {\\b1}bold{\\b0}
`;

const sampleAss = `[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\pos(10,20)\\i1}Italic{\\i0} one\\Ntwo
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Sign, with a comma
`;

const chapterFile = `;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2000
title=Початок "x"
[CHAPTER]
TIMEBASE=1/1000
START=2000
END=5000
title=Second
`;

/** Line 21 sends seven bits and a bit that makes their sum odd (CTA-608). */
const withParity = (byte: number) => {
  const ones = byte.toString(2).replaceAll("0", "").length;
  return ones % 2 === 1 ? byte : byte | 0x80;
};

const wordsOfScc = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map((pair) => pair.map((byte) => withParity(byte).toString(16).padStart(2, "0")).join("")).join(" ");

/** One caption from 1 s to 3 s as Scenarist closed captions: load, place, words, show; later clear. */
const sampleScc = (): string => {
  const words = [...Buffer.from("Hello closed world ")];
  const pairs = Array.from({ length: Math.ceil(words.length / 2) }, (_, index) => [
    words[index * 2] ?? 0x20,
    words[index * 2 + 1] ?? 0x20,
  ]).map(([first = 0x20, second = 0x20]) => [first, second] as const);
  const show = wordsOfScc([
    [0x14, 0x20],
    [0x14, 0x20],
    [0x14, 0x70],
    [0x14, 0x70],
    ...pairs,
    [0x14, 0x2f],
    [0x14, 0x2f],
  ]);
  const clear = wordsOfScc([
    [0x14, 0x2c],
    [0x14, 0x2c],
  ]);
  return `Scenarist_SCC V1.0\n\n00:00:01:00\t${show}\n\n00:00:03:00\t${clear}\n\n`;
};

const picture = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

const write = async (folder: string, name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

/** An MKV of five seconds with a Ukrainian SRT and an English ASS track and two chapters. */
export const makeSubtitledMkv = async (folder: string, startSeconds = 0): Promise<string> => {
  const path = join(folder, `subtitled-${startSeconds}.mkv`);
  const [srt, ass, chapters] = [
    await write(folder, "in.srt", sampleSrt),
    await write(folder, "in.ass", sampleAss),
    await write(folder, "in.txt", chapterFile),
  ];
  await runTool("ffmpeg", [
    ...lavfi("testsrc=s=320x240:r=25:d=5"),
    ...["-i", srt, "-i", ass, "-i", chapters, "-map", "0:v", "-map", "1", "-map", "2"],
    ...["-map_metadata", "3", "-map_chapters", "3", ...picture, "-c:s:0", "srt", "-c:s:1", "ass"],
    ...["-metadata:s:s:0", "language=ukr", "-metadata:s:s:1", "language=eng", "-metadata:s:s:1", "title=Signs"],
    ...["-output_ts_offset", String(startSeconds), path],
  ]);
  return path;
};

/** An MP4 of five seconds with a timed-text track, two chapters and nothing else said about them. */
export const makeSubtitledMp4 = async (folder: string): Promise<string> => {
  const path = join(folder, "subtitled.mp4");
  const [srt, chapters] = [await write(folder, "in.srt", sampleSrt), await write(folder, "in.txt", chapterFile)];
  await runTool("ffmpeg", [
    ...lavfi("testsrc=s=320x240:r=25:d=5"),
    ...["-i", srt, "-i", chapters, "-map", "0:v", "-map", "1", "-map_metadata", "2", "-map_chapters", "2"],
    ...[...picture, "-c:s", "mov_text", "-metadata:s:s:0", "language=ukr", path],
  ]);
  return path;
};

/** A QuickTime file with closed captions (CTA-608) as a track of their own. */
export const makeClosedCaptionMov = async (folder: string): Promise<string> => {
  const path = join(folder, "closed.mov");
  const scc = await write(folder, "in.scc", sampleScc());
  await runTool("ffmpeg", [
    ...lavfi("testsrc=s=320x240:r=30:d=5"),
    ...["-i", scc, "-map", "0:v", "-map", "1:s", ...picture, "-c:s", "copy", path],
  ]);
  return path;
};
