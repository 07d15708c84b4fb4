import { expect, test } from "vitest";
import { type FfmpegLogLine, ffmpegLogReader, isComplaint } from "#lib/media/ffmpeg-log.ts";

const linesOf = (pieces: readonly string[]): FfmpegLogLine[] => {
  const lines: FfmpegLogLine[] = [];
  const reader = ffmpegLogReader((line) => lines.push(line));
  for (const piece of pieces) reader.add(piece);
  reader.end();
  return lines;
};

const said = [
  "bwrap: no such namespace",
  "[mov,mp4,m4a @ 0x55aa] [h264 @ 0x55bb] [error] top block unavailable",
  "[vist#0:0/h264 @ 0x55] [dec:h264 @ 0x56] [warning] corrupt decoded frame",
  "    Last message repeated 3 times",
  "[info]     comment         : one line",
  "                    : [error] corrupt decoded frame",
  "    Last message repeated 2 times",
  "free(): invalid pointer",
].join("\r\n");

const read = [
  { level: null, text: "bwrap: no such namespace", repeats: null },
  { level: "error", text: "[mov,mp4,m4a @ 0x55aa] [h264 @ 0x55bb] top block unavailable", repeats: null },
  { level: "warning", text: "[vist#0:0/h264 @ 0x55] [dec:h264 @ 0x56] corrupt decoded frame", repeats: null },
  { level: "warning", text: "    Last message repeated 3 times", repeats: 3 },
  { level: "info", text: "    comment         : one line", repeats: null },
  { level: "info", text: "                    : [error] corrupt decoded frame", repeats: null },
  { level: "info", text: "    Last message repeated 2 times", repeats: 2 },
  { level: null, text: "free(): invalid pointer", repeats: null },
];

test("levels are taken off, repetitions told, and what a file says of itself belongs to its line", () => {
  expect(linesOf([said])).toEqual(read);
  expect(read.map(isComplaint)).toEqual([true, true, true, true, false, false, false, true]);
});

test("it does not matter where the pieces are cut", () => {
  expect(linesOf([...said])).toEqual(read);
  for (let at = 1; at < said.length; at += 7) expect(linesOf([said.slice(0, at), said.slice(at)])).toEqual(read);
});

test("a line without an end does not grow", () => {
  const [line, ...others] = linesOf(Array.from({ length: 100 }, () => "x".repeat(1000)));
  expect(others).toEqual([]);
  expect(line?.text.length).toBe(4096);
});
