import { writeFile } from "node:fs/promises";
import { type CorpusCase, ready } from "#tests/corpus/corpus-case.ts";
import { clip, encoded, h264, patched, picture, remade, tone } from "#tests/corpus/make-clip.ts";

const aac = ["-c:a", "aac"];
const usual = clip(h264, aac);
const copied = (...after: string[]) => remade({ from: usual, as: "usual.mp4", after: ["-c", "copy", ...after] });

/** Leaves the index of an AVI out, as in a recording that was not ended. */
const withoutIndex = (bytes: Buffer): Buffer => {
  const at = bytes.lastIndexOf("idx1", undefined, "latin1");
  if (at < 0) throw new Error("no index in this file");
  return bytes.subarray(0, at);
};

/** The same picture and sound in every container. */
export const containerCases: readonly CorpusCase[] = [
  { name: "faststart.mp4", about: "MP4, index in front", make: copied("-movflags", "+faststart"), expected: ready() },
  { name: "index-last.mp4", about: "MP4, index behind", make: copied(), expected: ready() },
  {
    name: "fragmented.mp4",
    about: "MP4 in fragments",
    make: copied("-movflags", "frag_keyframe+empty_moov+default_base_moof"),
    expected: ready(),
  },
  {
    name: "fragmented-with-index.mp4",
    about: "MP4 in fragments whose first stretch stands in the index (hybrid)",
    make: copied("-movflags", "frag_keyframe"),
    expected: ready(),
  },
  {
    name: "camera.mov",
    about: "QuickTime with a track of time codes",
    make: copied("-timecode", "01:00:00:00"),
    expected: ready(),
  },
  { name: "cues.mkv", about: "Matroska with cues", make: copied("-f", "matroska"), expected: ready() },
  {
    name: "live.mkv",
    about: "Matroska without cues and length",
    make: copied("-live", "1"),
    expected: ready({ tolerance: 0.2 }),
  },
  {
    name: "live.webm",
    about: "WebM without cues and length, as browsers record it",
    make: encoded(picture(), tone(), ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus", "-live", "1"]),
    expected: ready({ tolerance: 0.2 }),
  },
  { name: "indexed.avi", about: "AVI", make: copied(), expected: ready() },
  {
    name: "no-index.avi",
    about: "AVI without its index",
    make: patched({ from: clip(["-c:v", "mpeg4", "-q:v", "4", "-c:a", "libmp3lame"]), change: withoutIndex }),
    expected: ready({ tolerance: 0.2 }),
  },
  { name: "broadcast.ts", about: "MPEG transport stream", make: copied(), expected: ready() },
  { name: "camcorder.m2ts", about: "M2TS", make: copied("-mpegts_m2ts_mode", "1"), expected: ready() },
  { name: "disc.vob", about: "MPEG program stream with H.264", make: clip(h264, ["-c:a", "ac3"]), expected: ready() },
  { name: "flash.flv", about: "FLV with H.264", make: copied(), expected: ready() },
  { name: "phone.3gp", about: "3GP with H.264", make: copied(), expected: ready() },
  {
    name: "windows.asf",
    about: "ASF",
    make: clip(["-c:v", "msmpeg4", "-q:v", "4", "-c:a", "wmav2"]),
    expected: ready(),
  },
  {
    name: "recording.wtv",
    about: "Windows recording",
    make: clip(["-c:v", "mpeg2video", "-b:v", "1M", "-c:a", "mp2"]),
    expected: ready({ tolerance: 0.3 }),
  },
  { name: "frames.nut", about: "NUT", make: copied(), expected: ready() },
  {
    name: "raw.h264",
    about: "H.264 without a container",
    make: encoded(picture(), h264),
    expected: ready({ audioTracks: 0 }),
  },
  {
    name: "raw.hevc",
    about: "HEVC without a container",
    make: encoded(picture(), ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"]),
    expected: ready({ audioTracks: 0 }),
  },
  {
    name: "frames.ivf",
    about: "VP8 in IVF",
    make: encoded(picture(), ["-c:v", "libvpx"]),
    expected: ready({ audioTracks: 0 }),
  },
  {
    name: "with-subtitles.mkv",
    about: "Matroska with subtitles, a font and chapters beside the picture",
    make: async ({ path, folder }) => {
      const words = `${folder}/words.srt`;
      const marks = `${folder}/marks.txt`;
      const font = `${folder}/font.ttf`;
      await writeFile(words, "1\n00:00:00,500 --> 00:00:01,500\nHello\n");
      await writeFile(marks, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n");
      await writeFile(font, "not a real font");
      const attached = ["-attach", font, "-metadata:s:t", "mimetype=application/x-truetype-font"];
      const inputs = ["-i", words, "-i", marks];
      const maps = ["-map", "0:v", "-map", "1:a", "-map", "2:s", "-map_metadata", "3"];
      await encoded(picture(), tone(), inputs, maps, h264, aac, ["-c:s", "srt"], attached)({ path, folder });
    },
    expected: ready(),
  },
];
