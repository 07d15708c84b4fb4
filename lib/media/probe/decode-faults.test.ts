import { expect, test } from "vitest";
import { ffmpegLogReader } from "#lib/media/ffmpeg-log.ts";
import { decodeFaultCounter } from "#lib/media/probe/decode-faults.ts";

const faultsOf = (lines: readonly string[]): number => {
  const counter = decodeFaultCounter();
  const reader = ffmpegLogReader(counter.add);
  reader.add(lines.join("\n"));
  reader.end();
  return counter.count();
};

test("ffmpeg's own words about damaged frames and lost packets are counted, with repetitions", () => {
  expect(
    faultsOf([
      "[h264 @ 0x55] [error] error while decoding MB 22 1",
      "[warning] file:/scratch/clip.mp4: corrupt decoded frame in stream 0",
      "    Last message repeated 2 times",
      "[h264 @ 0x55] [error] decode_slice_header error",
      "[error] Error while decoding stream #0:0: Invalid data found when processing input",
    ]),
  ).toBe(4);
  expect(
    faultsOf([
      "[vist#0:0/h264 @ 0x55] [warning] corrupt decoded frame",
      "[vist#0:0/h264 @ 0x55] [error] Error submitting packet to decoder: Invalid data found when processing input",
      "[vist#0:0/h264 @ 0x55] [dec:h264 @ 0x56] [error] Decoding error: Invalid data found when processing input",
    ]),
  ).toBe(3);
});

const concealing = (at: string) => `[h264 @ ${at}] [info] concealing 3423 DC, 3423 AC, 3423 MV errors in B frame`;
const marked = "[warning] clip.mp4: corrupt decoded frame in stream 0";

test.each([
  ["none of them", []],
  ["one of them", [marked]],
  ["all of them", [marked, marked, "    Last message repeated 1 times"]],
])("concealed frames count once each, whether the decoder's threads came to mark %s", (_, marks) => {
  const lines = [concealing("0x55"), concealing("0x56"), concealing("0x55"), ...marks];
  expect(faultsOf([...lines, "[error] Error while decoding stream #0:0: Invalid data found"])).toBe(4);
});

test("other words are none, nor are those that stand in the file's own tags", () => {
  expect(
    faultsOf([
      "[mp4 @ 0x55] [warning] track 0: codec frame size is not set",
      "    Last message repeated 3 times",
      "[swscaler @ 0x55] [warning] deprecated pixel format used, make sure you did set range correctly",
      `[info]     title           : ${marked}`,
      `                    : ${marked}`,
      "                    : Error while decoding stream #0:0",
      `[info]     comment         : ${concealing("0x55")}`,
    ]),
  ).toBe(0);
  expect(faultsOf([])).toBe(0);
});

test("nor are those that stand in the names of tags, which ffmpeg writes as they are before it works", () => {
  const listed = [
    "[info] Input #0, mov, from 'clip.mp4':",
    "[info]     foo",
    "Error while decoding stream #0:0: x",
    marked,
  ];
  const forged = [
    "[info] Stream mapping:",
    `[info]     bar`,
    "[error] Error while decoding stream #0:0: x",
    concealing("0x1"),
  ];
  const works = ["[info] Stream mapping:", "[info]   Stream #0:0 -> #0:0 (h264 (native) -> h264 (libx264))"];
  expect(faultsOf([...listed, ...forged, ...works])).toBe(0);
  expect(faultsOf([...listed, ...works, concealing("0x55"), marked])).toBe(1);
});
