import { expect, test } from "vitest";
import { countDecodeFaults } from "#lib/media/probe/decode-faults.ts";

test("ffmpeg's own words about damaged frames and lost packets are counted, with repetitions", () => {
  const old = [
    "[h264 @ 0x55] error while decoding MB 22 1",
    "file:/scratch/clip.mp4: corrupt decoded frame in stream 0",
    "    Last message repeated 2 times",
    "[h264 @ 0x55] decode_slice_header error",
    "Error while decoding stream #0:0: Invalid data found when processing input",
  ];
  expect(countDecodeFaults(old.join("\n"))).toBe(4);
  const recent = [
    "[vist#0:0/h264 @ 0x55] corrupt decoded frame",
    "[vist#0:0/h264 @ 0x55] Error submitting packet to decoder: Invalid data found when processing input",
    "[vist#0:0/h264 @ 0x55] [dec:h264 @ 0x56] Decoding error: Invalid data found when processing input",
  ];
  expect(countDecodeFaults(recent.join("\r\n"))).toBe(3);
});

test("warnings about other things are none", () => {
  const text = [
    "[mp4 @ 0x55] track 0: codec frame size is not set",
    "    Last message repeated 3 times",
    "[swscaler @ 0x55] deprecated pixel format used, make sure you did set range correctly",
  ];
  expect(countDecodeFaults(text.join("\n"))).toBe(0);
  expect(countDecodeFaults("")).toBe(0);
});
