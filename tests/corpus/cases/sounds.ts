import { type CorpusCase, ready } from "#tests/corpus/corpus-case.ts";
import { clip, encoded, h264, picture, tone } from "#tests/corpus/make-clip.ts";
import { lavfi } from "#tests/media/run-tool.ts";

/** The drawn cover of a file without a picture. */
const cover = { width: 1280, height: 720, quarters: null };
const soundAlone = (changes: Parameters<typeof ready>[0] = {}) => ready({ ...cover, ...changes });

const channels = (layout: string, ...coder: string[]) =>
  encoded(picture(), tone(), h264, ["-af", `aformat=channel_layouts=${layout}`, ...coder]);
const alone = (...coder: string[]) => encoded(tone(), coder);
const still = lavfi("color=c=orange:s=300x300:r=1:d=1");
/** A still picture beside the sound, marked as the cover. */
const withCover = (...coder: string[]) =>
  encoded(tone(), still, ["-map", "0:a", "-map", "1:v", "-frames:v", "1", "-disposition:v", "attached_pic"], coder);

const layouts: readonly CorpusCase[] = [
  { name: "mono.mp4", about: "one channel", make: channels("mono", "-c:a", "aac"), expected: ready() },
  {
    name: "5-1.mp4",
    about: "5.1 in AAC",
    make: channels("5.1", "-c:a", "aac"),
    expected: ready(),
    everyTest: true,
  },
  { name: "5-1-ac3.mkv", about: "5.1 in AC-3", make: channels("5.1", "-c:a", "ac3"), expected: ready() },
  { name: "5-1-eac3.mp4", about: "5.1 in E-AC-3", make: channels("5.1", "-c:a", "eac3"), expected: ready() },
  { name: "7-1.mkv", about: "7.1 in FLAC", make: channels("7.1", "-c:a", "flac"), expected: ready() },
  { name: "7-1.mov", about: "7.1 in PCM, 24 bit", make: channels("7.1", "-c:a", "pcm_s24le"), expected: ready() },
  {
    name: "dts.mkv",
    about: "5.1 in DTS",
    make: channels("5.1(side)", "-c:a", "dca", "-strict", "-2"),
    expected: ready(),
  },
  {
    name: "truehd.mkv",
    about: "TrueHD",
    make: channels("5.1", "-c:a", "truehd", "-strict", "-2"),
    expected: ready(),
  },
  {
    name: "two-languages.mkv",
    about: "two languages, the second one the default",
    make: encoded(
      picture(),
      tone(),
      lavfi("sine=f=880:d=2"),
      [
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-map",
        "2:a",
        "-metadata:s:a:0",
        "language=ukr",
        "-metadata:s:a:1",
        "language=eng",
      ],
      ["-disposition:a:0", "0", "-disposition:a:1", "default", ...h264, "-c:a", "aac"],
    ),
    expected: ready({ audioTracks: 2 }),
  },
  {
    name: "8-khz.mov",
    about: "8 kHz in A-law",
    make: clip(h264, ["-ar", "8000", "-c:a", "pcm_alaw"]),
    expected: ready(),
  },
  {
    name: "96-khz.mov",
    about: "96 kHz in PCM",
    make: clip(h264, ["-ar", "96000", "-c:a", "pcm_s24le"]),
    expected: ready(),
  },
  { name: "float-pcm.mov", about: "PCM in floating point", make: clip(h264, ["-c:a", "pcm_f32le"]), expected: ready() },
  { name: "opus.mp4", about: "Opus beside H.264", make: clip(h264, ["-c:a", "libopus"]), expected: ready() },
];

const files: readonly CorpusCase[] = [
  {
    name: "cover.mp3",
    about: "MP3 with a cover and tags",
    make: withCover("-c:a", "libmp3lame", "-c:v", "mjpeg", "-id3v2_version", "3", "-metadata", "title=A song"),
    expected: soundAlone({ tolerance: 0.2 }),
    everyTest: true,
  },
  {
    name: "cover.m4a",
    about: "M4A with a cover",
    make: withCover("-c:a", "aac", "-c:v", "mjpeg"),
    expected: soundAlone(),
  },
  {
    name: "cover.flac",
    about: "FLAC with a cover",
    make: withCover("-c:a", "flac", "-c:v", "png"),
    expected: soundAlone(),
  },
  {
    name: "cover.mkv",
    about: "Matroska with a cover attached",
    make: async ({ path, folder }) => {
      const art = `${folder}/cover.jpg`;
      await encoded(still, ["-frames:v", "1", "-pix_fmt", "yuvj420p"])({ path: art, folder });
      const attached = ["-attach", art, "-metadata:s:t", "mimetype=image/jpeg", "-metadata:s:t", "filename=cover.jpg"];
      await encoded(picture(), tone(), h264, ["-c:a", "aac"], attached)({ path, folder });
    },
    expected: ready(),
  },
  {
    name: "cover-unmarked.mkv",
    about: "Matroska with a still picture as a second track that nothing marks as a cover",
    make: encoded(
      picture(),
      tone(),
      lavfi("color=c=orange:s=400x400:r=1:d=2"),
      ["-map", "2:v", "-map", "0:v", "-map", "1:a", "-disposition:v:0", "default"],
      ["-c:v:0", "mjpeg", "-c:v:1", "libx264", "-preset", "ultrafast", "-c:a", "aac"],
    ),
    expected: ready(),
  },
  {
    name: "variable.mp3",
    about: "MP3 with a variable rate",
    make: alone("-c:a", "libmp3lame", "-q:a", "2"),
    expected: soundAlone(),
  },
  {
    name: "no-header.mp3",
    about: "MP3 that does not tell its length",
    make: alone("-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0"),
    expected: soundAlone(),
  },
  { name: "pcm.wav", about: "WAV", make: alone("-c:a", "pcm_s16le"), expected: soundAlone() },
  {
    name: "telephone.wav",
    about: "WAV, 8 kHz, mu-law",
    make: alone("-ar", "8000", "-c:a", "pcm_mulaw"),
    expected: soundAlone(),
  },
  { name: "pcm.aiff", about: "AIFF", make: alone("-c:a", "pcm_s16be"), expected: soundAlone() },
  { name: "pcm.caf", about: "CAF", make: alone("-c:a", "pcm_s16be"), expected: soundAlone() },
  { name: "lossless.flac", about: "FLAC", make: alone("-c:a", "flac"), expected: soundAlone() },
  { name: "apple-lossless.m4a", about: "ALAC", make: alone("-c:a", "alac"), expected: soundAlone() },
  { name: "raw.aac", about: "AAC without a container", make: alone("-c:a", "aac"), expected: soundAlone() },
  { name: "raw.ac3", about: "AC-3 without a container", make: alone("-c:a", "ac3"), expected: soundAlone() },
  { name: "speech.opus", about: "Opus", make: alone("-c:a", "libopus"), expected: soundAlone() },
  { name: "vorbis.ogg", about: "Vorbis", make: alone("-c:a", "libvorbis"), expected: soundAlone() },
  { name: "windows.wma", about: "Windows Media Audio", make: alone("-c:a", "wmav2"), expected: soundAlone() },
];

/** What sound can be. */
export const soundCases: readonly CorpusCase[] = [...layouts, ...files];
