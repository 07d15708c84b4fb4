import { type CorpusCase, failed, ready } from "#tests/corpus/corpus-case.ts";
import { clip, encoded, h264, patched, picture, tone } from "#tests/corpus/make-clip.ts";
import { appendBox, dolbyVisionBox, setMatrix } from "#tests/corpus/mp4-boxes.ts";

const aac = ["-c:a", "aac"];
const base = clip(h264, aac);
const hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1"];

const turned = (matrix: readonly [number, number, number, number]) =>
  patched({ from: base, change: (bytes) => setMatrix(bytes, matrix), as: `${matrix.join("_")}.mp4` });

/** The test picture with another transfer, as a camera would write it. */
const highRange = (transfer: string, mark: string) => [
  ...["-vf", `zscale=tin=bt709:pin=bt709:min=bt709:rin=tv:t=${transfer}:p=bt2020:m=bt2020nc:r=tv:npl=203`],
  ...["-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", mark, "-colorspace", "bt2020nc"],
];
const pq = clip(highRange("smpte2084", "smpte2084"), hevc, aac);
const hlg = clip(highRange("arib-std-b67", "arib-std-b67"), hevc, aac);

const dolby = (from: typeof pq, box: { profile: number; compatibility: number }) =>
  patched({
    from,
    change: (bytes) => appendBox(bytes, "moov/trak/mdia/minf/stbl/stsd/hvc1", dolbyVisionBox(box)),
    as: `dv${box.profile}-${box.compatibility}.mp4`,
  });

const inFormat = (format: string, ...coder: string[]) => clip(aac, ["-pix_fmt", format, ...coder]);
const x264 = ["-c:v", "libx264", "-preset", "ultrafast"];
const atRate = (rate: string, seconds: number) => encoded(picture({ rate, seconds }), tone(seconds), h264, aac);
const portrait = { width: 180, height: 320 };

const turns: readonly CorpusCase[] = [
  {
    name: "rotated-90.mp4",
    about: "display matrix: a quarter turn clockwise",
    make: turned([0, 1, -1, 0]),
    expected: ready({ ...portrait, quarters: ["blue", "red", "white", "green"] }),
    everyTest: true,
  },
  {
    name: "rotated-180.mp4",
    about: "display matrix: half a turn",
    make: turned([-1, 0, 0, -1]),
    expected: ready({ quarters: ["white", "blue", "green", "red"] }),
  },
  {
    name: "rotated-270.mp4",
    about: "display matrix: a quarter turn counter-clockwise",
    make: turned([0, -1, 1, 0]),
    expected: ready({ ...portrait, quarters: ["green", "white", "red", "blue"] }),
  },
  {
    name: "mirrored.mp4",
    about: "display matrix: left and right changed",
    make: turned([-1, 0, 0, 1]),
    expected: ready({ quarters: ["green", "red", "white", "blue"] }),
  },
  {
    name: "upside-down.mp4",
    about: "display matrix: top and bottom changed",
    make: turned([1, 0, 0, -1]),
    expected: ready({ quarters: ["blue", "white", "red", "green"] }),
  },
  {
    name: "turned-and-mirrored.mp4",
    about: "display matrix: rows and columns changed",
    make: turned([0, 1, 1, 0]),
    expected: ready({ ...portrait, quarters: ["red", "blue", "green", "white"] }),
  },
];

const shapes: readonly CorpusCase[] = [
  {
    name: "odd-size.webm",
    about: "321x181 in VP9",
    make: encoded(picture({ size: "321x181" }), tone(), ["-c:v", "libvpx-vp9", "-deadline", "realtime"]),
    expected: ready(),
  },
  {
    name: "odd-size.mp4",
    about: "321x181 in H.264 4:4:4",
    make: encoded(picture({ size: "321x181", format: "yuv444p" }), tone(), x264, aac),
    expected: ready(),
  },
  {
    name: "anamorphic.mp4",
    about: "720x576 shown as 16:9 (pixels of 64:45)",
    make: encoded(picture({ size: "720x576" }), tone(), ["-vf", "setsar=64/45"], h264, aac),
    expected: ready({ width: 854, height: 480 }),
    everyTest: true,
  },
  {
    name: "tall-pixels.mkv",
    about: "pixels twice as high as wide",
    make: clip(["-vf", "setsar=1/2"], h264, aac),
    expected: ready({ width: 160, height: 180 }),
  },
  {
    name: "tiny.mp4",
    about: "32x32",
    make: encoded(picture({ size: "32x32" }), tone(), h264, aac),
    expected: ready({ width: 32, height: 32 }),
  },
  {
    name: "panorama.mp4",
    about: "3840x64: very wide",
    make: encoded(picture({ size: "3840x64", seconds: 1 }), tone(1), h264, aac),
    expected: ready({ width: 3840, height: 64, seconds: 1 }),
  },
  {
    name: "portrait-4k60.mp4",
    about: "2160x3840 at 60 frames per second",
    make: encoded(picture({ size: "2160x3840", rate: "60", seconds: 0.5 }), tone(0.5), h264, aac),
    expected: ready({ width: 2160, height: 3840, seconds: 0.5 }),
  },
  {
    name: "interlaced-top-first.mp4",
    about: "interlaced H.264, top field first",
    make: encoded(picture({ rate: "50" }), tone(), ["-vf", "tinterlace=interleave_top", "-flags", "+ildct"], x264, [
      ...["-x264opts", "tff=1", "-pix_fmt", "yuv420p"],
      ...aac,
    ]),
    expected: ready(),
  },
  {
    name: "interlaced-bottom-first.mpg",
    about: "interlaced MPEG-2, bottom field first",
    make: encoded(picture({ rate: "50" }), tone(), [
      ...["-vf", "tinterlace=interleave_bottom,setfield=bff", "-c:v", "mpeg2video", "-flags", "+ildct+ilme"],
      ...["-top", "0", "-b:v", "1M", "-c:a", "mp2"],
    ]),
    expected: ready(),
    everyTest: true,
  },
];

const colours: readonly CorpusCase[] = [
  {
    name: "10-bit-h264.mp4",
    about: "H.264 High 10",
    make: inFormat("yuv420p10le", ...x264),
    expected: ready(),
    everyTest: true,
  },
  { name: "10-bit-hevc.mkv", about: "HEVC Main 10", make: inFormat("yuv420p10le", ...hevc), expected: ready() },
  { name: "hdr10.mp4", about: "HDR10 (PQ, BT.2020), brought down to SDR", make: pq, expected: ready() },
  { name: "hlg.mp4", about: "HLG (BT.2020), brought down to SDR", make: hlg, expected: ready(), everyTest: true },
  {
    name: "dolby-vision-8-1.mp4",
    about: "Dolby Vision 8.1 by its box over an HDR10 base layer (no enhancement data in the sample)",
    make: dolby(pq, { profile: 8, compatibility: 1 }),
    expected: ready(),
  },
  {
    name: "dolby-vision-8-4.mp4",
    about: "Dolby Vision 8.4 by its box over an HLG base layer (no enhancement data in the sample)",
    make: dolby(hlg, { profile: 8, compatibility: 4 }),
    expected: ready(),
  },
  {
    name: "dolby-vision-5.mp4",
    about: "Dolby Vision 5 by its box: the base layer alone has wrong colours",
    make: dolby(pq, { profile: 5, compatibility: 0 }),
    expected: failed("unsupported_codec"),
  },
  { name: "4-2-2.mp4", about: "H.264 4:2:2", make: inFormat("yuv422p", ...x264), expected: ready() },
  { name: "4-2-2-10-bit.mov", about: "H.264 4:2:2, 10 bit", make: inFormat("yuv422p10le", ...x264), expected: ready() },
  { name: "4-4-4.mp4", about: "H.264 4:4:4", make: inFormat("yuv444p", ...x264), expected: ready() },
  {
    name: "gray.mp4",
    about: "H.264 without colour",
    make: inFormat("gray", ...x264),
    expected: ready({ quarters: null }),
  },
  {
    name: "rgb.mp4",
    about: "H.264 in RGB",
    make: clip(["-c:v", "libx264rgb", "-preset", "ultrafast", "-pix_fmt", "rgb24"], aac),
    expected: ready(),
  },
  { name: "full-range.mp4", about: "H.264, full range", make: inFormat("yuvj420p", ...x264), expected: ready() },
  {
    name: "alpha.webm",
    about: "VP9 with transparency",
    make: inFormat("yuva420p", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"),
    expected: ready(),
  },
  {
    name: "alpha-prores.mov",
    about: "ProRes 4444 with transparency",
    make: inFormat("yuva444p10le", "-c:v", "prores_ks", "-profile:v", "4444"),
    expected: ready(),
  },
  {
    name: "alpha-animation.mov",
    about: "QuickTime Animation with transparency",
    make: inFormat("argb", "-c:v", "qtrle"),
    expected: ready(),
  },
];

const rates: readonly CorpusCase[] = [
  { name: "1-fps.mp4", about: "one frame per second", make: atRate("1", 4), expected: ready({ seconds: 4 }) },
  { name: "8-fps.mp4", about: "8 frames per second", make: atRate("8", 3), expected: ready({ seconds: 3 }) },
  { name: "120-fps.mp4", about: "120 frames per second", make: atRate("120", 2), expected: ready() },
];

/** What pictures can look like. */
export const pictureCases: readonly CorpusCase[] = [...turns, ...shapes, ...colours, ...rates];
