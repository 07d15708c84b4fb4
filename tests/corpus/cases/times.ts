import { type CorpusCase, ready } from "#tests/corpus/corpus-case.ts";
import { withoutKeyMarks } from "#tests/corpus/ebml.ts";
import { clip, encoded, flashing, h264, patched, picture, remade, tone } from "#tests/corpus/make-clip.ts";
import { editBox, renameBox } from "#tests/corpus/mp4-boxes.ts";
import { flashAndBeep } from "#tests/media/flash-and-beep.ts";

const aac = ["-c:a", "aac"];
const bFrames = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "25", "-pix_fmt", "yuv420p"];
const flash = flashing(bFrames, aac);
const synced = (changes: Parameters<typeof ready>[0] = {}) =>
  ready({ seconds: 4, quarters: null, inSync: true, ...changes });
const sampleTable = "moov/trak/mdia/minf/stbl";
const shifted = (seconds: number) => ["-c", "copy", "-output_ts_offset", String(seconds)];

const rates: readonly CorpusCase[] = [
  {
    name: "variable-rate.mp4",
    about: "frames at 20 to 60 per second, with a gap of a second",
    make: encoded(picture({ rate: "60", seconds: 4 }), tone(4), [
      ...["-vf", "select='if(lt(t,2),not(mod(n,3)),1)*not(between(t,2.5,3.5))'", "-fps_mode", "vfr"],
      ...[...h264, ...aac],
    ]),
    expected: ready({ seconds: 4 }),
  },
  {
    name: "screen-recording.mkv",
    about: "a frame only when something changes: three seconds of stillness in a piece",
    make: encoded(picture({ rate: "30", seconds: 8 }), tone(8), [
      ...["-vf", "select='lt(t,0.3)+between(t,3.2,3.6)+between(t,7,7.3)'", "-fps_mode", "vfr", ...h264, ...aac],
    ]),
    expected: ready({ seconds: 8 }),
    everyTest: true,
  },
  {
    name: "screen-recording.mp4",
    about: "the same in MP4, the last frame held for its length",
    make: encoded(picture({ rate: "30", seconds: 6 }), tone(6), [
      ...["-vf", "select='lt(t,0.3)+between(t,3.2,3.6)+between(t,5.8,6)'", "-fps_mode", "vfr", ...h264, ...aac],
    ]),
    expected: ready({ seconds: 6 }),
  },
];

const starts: readonly CorpusCase[] = [
  {
    name: "edit-list-trim.mp4",
    about: "cut without an encoder: an edit list hides what stands before the cut",
    make: remade({ from: flash, as: "whole.mp4", before: ["-ss", "1.5"], after: ["-c", "copy"] }),
    expected: synced({ seconds: 2.5, tolerance: 0.25 }),
    everyTest: true,
  },
  {
    name: "edit-list-empty.mp4",
    about: "an empty edit: the picture begins half a second late",
    make: encoded(["-itsoffset", "0.5"], picture({ seconds: 2 }), tone(2.5), h264, aac),
    expected: ready({ seconds: 2.5 }),
  },
  {
    name: "late-sound.mkv",
    about: "the sound begins a second after the picture",
    make: encoded(picture({ seconds: 3 }), ["-itsoffset", "1"], tone(2), h264, ["-c:a", "flac"]),
    expected: ready({ seconds: 3 }),
  },
  {
    name: "without-edit-list.mp4",
    about: "reordered frames, and no edit list that says so",
    make: flashing(bFrames, aac, ["-use_editlist", "0"]),
    // Without one the file itself says that the picture begins 80 ms late.
    expected: synced({ inSync: false }),
  },
  {
    name: "negative-start.mp4",
    about: "negative composition offsets",
    make: flashing(bFrames, aac, ["-movflags", "negative_cts_offsets"]),
    expected: synced(),
  },
  {
    name: "huge-start.ts",
    about: "times that begin at 50000 s",
    make: remade({ from: flash, as: "raw.mp4", after: shifted(50_000) }),
    expected: synced(),
  },
  {
    name: "wrapped-clock.ts",
    about: "times that begin at 95440 s: the clock of MPEG-TS starts anew in the middle",
    make: remade({ from: flash, as: "raw.mp4", after: [...shifted(95_440), "-muxdelay", "0", "-muxpreload", "0"] }),
    expected: synced(),
    everyTest: true,
  },
  {
    name: "huge-start.mkv",
    about: "times that begin at 95443 s",
    make: remade({ from: flash, as: "raw.mp4", after: shifted(95_443) }),
    expected: synced(),
  },
  {
    name: "huge-start.flv",
    about: "times that begin at 40000 s",
    make: remade({ from: flash, as: "raw.mp4", after: shifted(40_000) }),
    expected: synced(),
  },
];

const keyFrames: readonly CorpusCase[] = [
  {
    name: "no-key-frame-list.mp4",
    about: "no list of key frames, which means that every frame is one, and that is not true",
    make: patched({ from: flash, change: (bytes) => renameBox(bytes, `${sampleTable}/stss`, "free") }),
    expected: synced(),
  },
  {
    name: "empty-key-frame-list.mp4",
    about: "a list of key frames that names none",
    make: patched({
      from: flash,
      change: (bytes) => editBox(bytes, `${sampleTable}/stss`, (body) => body.writeUInt32BE(0, 4)),
    }),
    expected: synced(),
  },
  {
    name: "wrong-key-frame-list.mp4",
    about: "a list of key frames that is five frames off",
    make: patched({
      from: flash,
      change: (bytes) =>
        editBox(bytes, `${sampleTable}/stss`, (body) => {
          for (let at = 12; at + 4 <= body.byteLength; at += 4) body.writeUInt32BE(body.readUInt32BE(at) + 5, at);
        }),
    }),
    expected: synced(),
  },
  {
    name: "no-key-frame-marks.mkv",
    about: "no block says that it is a key frame",
    make: patched({ from: flashing(bFrames, aac, ["-f", "matroska"]), change: withoutKeyMarks, as: "marks.mkv" }),
    expected: synced(),
  },
  {
    name: "open-gop-h264.mp4",
    about: "H.264 whose groups lean on their neighbours",
    make: flashing(bFrames, ["-x264opts", "open-gop=1"], aac),
    expected: synced(),
  },
  {
    name: "open-gop-hevc.mp4",
    about: "HEVC whose groups lean on their neighbours",
    make: flashing(
      ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=25:open-gop=1:bframes=3"],
      aac,
    ),
    expected: synced(),
  },
  {
    name: "one-key-frame.mp4",
    about: "one key frame at the start and none after it",
    make: flashing(bFrames.with(bFrames.indexOf("25"), "9999"), aac),
    expected: synced(),
  },
];

const lengths: readonly CorpusCase[] = [
  {
    name: "no-sound.mp4",
    about: "a picture alone",
    make: encoded(picture(), h264),
    expected: ready({ audioTracks: 0 }),
  },
  {
    name: "sound-longer.mp4",
    about: "sound two seconds longer than the picture",
    make: encoded(picture(), tone(4), h264, aac),
    expected: ready({ seconds: 4 }),
  },
  {
    name: "sound-shorter.mp4",
    about: "sound of one second under a picture of five",
    make: encoded(picture({ seconds: 5 }), tone(1), h264, aac),
    expected: ready({ seconds: 5 }),
  },
  {
    name: "blink.mp4",
    about: "0.2 seconds long",
    make: encoded(picture({ seconds: 0.2 }), tone(0.2), h264, aac),
    expected: ready({ seconds: 0.2 }),
  },
  {
    name: "one-frame.mp4",
    about: "a single frame",
    make: encoded(picture(), ["-frames:v", "1"], h264),
    expected: ready({ seconds: 0.04, audioTracks: 0 }),
  },
  {
    name: "said-to-be-endless.mp4",
    about: "a header that says 0 seconds over media that lasts two",
    make: patched({
      from: clip(h264, aac),
      change: (bytes) => editBox(bytes, "moov/mvhd", (body) => body.writeUInt32BE(0, 16)),
    }),
    expected: ready(),
  },
];

/** What times and tracks can look like; flashes and beeps are the witnesses of lip sync. */
export const timeCases: readonly CorpusCase[] = [
  ...rates,
  ...starts,
  ...keyFrames,
  ...lengths,
  {
    name: "two-pictures.mkv",
    about: "two video tracks: the default one counts",
    make: encoded(
      picture(),
      flashAndBeep({ size: "640x360", rate: "25", seconds: 2 }),
      ["-map", "0:v", "-map", "1:v", "-map", "2:a", "-disposition:v:0", "default", "-disposition:v:1", "0"],
      [...h264, ...aac],
    ),
    expected: ready(),
  },
];
