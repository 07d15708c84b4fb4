import { type CorpusCase, failed, ready } from "#tests/corpus/corpus-case.ts";
import { clip, encoded, h264, picture, tone } from "#tests/corpus/make-clip.ts";

const video = (codec: string, ...rest: string[]) => clip(["-c:v", codec, ...rest]);
const cif = { width: 352, height: 288 };
const inCif = (...rest: string[]) => encoded(picture({ size: "352x288" }), tone(), rest);

/** Every coding of pictures that people still have files in. */
export const codecCases: readonly CorpusCase[] = [
  {
    name: "h264-baseline.mp4",
    about: "H.264 Baseline",
    make: clip(h264, ["-profile:v", "baseline"]),
    expected: ready(),
  },
  {
    name: "hevc.mp4",
    about: "HEVC, 8 bit",
    make: video("libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1"),
    expected: ready(),
  },
  {
    name: "hevc-hev1.mp4",
    about: "HEVC with its headers in the stream",
    make: video("libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hev1"),
    expected: ready(),
  },
  { name: "av1.mp4", about: "AV1 in MP4", make: video("libsvtav1", "-preset", "12"), expected: ready() },
  {
    name: "av1.webm",
    about: "AV1 and Opus in WebM",
    make: video("libsvtav1", "-preset", "12", "-c:a", "libopus"),
    expected: ready(),
  },
  {
    name: "vp8.webm",
    about: "VP8 and Vorbis",
    make: video("libvpx", "-deadline", "realtime", "-c:a", "libvorbis"),
    expected: ready(),
  },
  {
    name: "vp9.webm",
    about: "VP9 and Opus",
    make: video("libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"),
    expected: ready(),
  },
  { name: "vp9.mp4", about: "VP9 in MP4", make: video("libvpx-vp9", "-deadline", "realtime"), expected: ready() },
  {
    name: "mpeg1.mpg",
    about: "MPEG-1",
    make: video("mpeg1video", "-b:v", "800k", "-c:a", "mp2"),
    expected: ready(),
  },
  { name: "mpeg2.mpg", about: "MPEG-2", make: video("mpeg2video", "-b:v", "1M", "-c:a", "mp2"), expected: ready() },
  {
    name: "mpeg4-asp.avi",
    about: "MPEG-4 ASP with B-frames (Xvid)",
    make: video("mpeg4", "-bf", "2", "-tag:v", "XVID", "-q:v", "4", "-c:a", "libmp3lame"),
    expected: ready(),
  },
  { name: "mpeg4.mp4", about: "MPEG-4 Simple", make: video("mpeg4", "-q:v", "4"), expected: ready() },
  {
    name: "divx3.avi",
    about: "MS MPEG-4 v3",
    make: video("msmpeg4", "-q:v", "4", "-c:a", "libmp3lame"),
    expected: ready(),
  },
  {
    name: "theora.ogv",
    about: "Theora and Vorbis",
    make: video("libtheora", "-q:v", "7", "-c:a", "libvorbis"),
    expected: ready(),
  },
  {
    name: "wmv2.wmv",
    about: "Windows Media Video 8",
    make: video("wmv2", "-q:v", "4", "-c:a", "wmav2"),
    expected: ready(),
  },
  {
    name: "wmv1.wmv",
    about: "Windows Media Video 7",
    make: video("wmv1", "-q:v", "4", "-c:a", "wmav1"),
    expected: ready(),
  },
  {
    name: "sorenson.flv",
    about: "Sorenson Spark",
    make: video("flv", "-q:v", "4", "-ar", "44100", "-c:a", "libmp3lame"),
    expected: ready(),
  },
  {
    name: "h263.3gp",
    about: "H.263 at 352x288, sound at 8 kHz",
    make: inCif("-c:v", "h263", "-q:v", "4", "-c:a", "aac", "-ar", "8000", "-ac", "1"),
    expected: ready(cif),
  },
  { name: "h261.mkv", about: "H.261", make: inCif("-c:v", "h261", "-q:v", "4"), expected: ready(cif) },
  {
    name: "dv.avi",
    about: "DV, PAL",
    make: encoded(picture({ size: "720x576" }), tone(), ["-target", "pal-dv", "-f", "avi"]),
    expected: ready({ width: 600, height: 480 }),
  },
  {
    name: "dv.dv",
    about: "DV without a container",
    make: encoded(picture({ size: "720x576" }), tone(), ["-target", "pal-dv"]),
    expected: ready({ width: 640, height: 480 }),
  },
  {
    name: "mjpeg.avi",
    about: "Motion JPEG",
    make: video("mjpeg", "-q:v", "3", "-pix_fmt", "yuvj422p", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  {
    name: "mjpeg.mov",
    about: "Motion JPEG in QuickTime",
    make: video("mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"),
    expected: ready(),
  },
  {
    name: "prores.mov",
    about: "ProRes 422",
    make: video("prores_ks", "-profile:v", "2", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  {
    name: "dnxhr.mov",
    about: "DNxHR SQ",
    make: video("dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  {
    name: "dnxhd.mxf",
    about: "DNxHD 1080p in MXF",
    make: encoded(picture({ size: "1920x1080", seconds: 1 }), tone(1), [
      ...["-c:v", "dnxhd", "-b:v", "36M", "-pix_fmt", "yuv422p", "-c:a", "pcm_s16le"],
    ]),
    expected: ready({ width: 1920, height: 1080, seconds: 1 }),
  },
  { name: "ffv1.mkv", about: "FFV1 and FLAC", make: video("ffv1", "-c:a", "flac"), expected: ready() },
  {
    name: "huffyuv.avi",
    about: "HuffYUV",
    make: video("huffyuv", "-pix_fmt", "yuv422p", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  { name: "utvideo.avi", about: "Ut Video", make: video("utvideo", "-c:a", "pcm_s16le"), expected: ready() },
  {
    name: "v210.mov",
    about: "uncompressed 10 bit (v210)",
    make: video("v210", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  {
    name: "uncompressed.avi",
    about: "uncompressed RGB",
    make: video("rawvideo", "-pix_fmt", "bgr24", "-c:a", "pcm_s16le"),
    expected: ready(),
  },
  { name: "cinepak.avi", about: "Cinepak", make: video("cinepak", "-c:a", "pcm_s16le"), expected: ready() },
  {
    name: "sorenson-1.mov",
    about: "Sorenson Video 1",
    make: video("svq1", "-q:v", "3", "-pix_fmt", "yuv410p"),
    expected: ready(),
  },
  { name: "animation.mov", about: "QuickTime Animation", make: video("qtrle", "-pix_fmt", "rgb24"), expected: ready() },
  {
    name: "real.rm",
    about: "RealVideo 2 and AC-3",
    make: video("rv20", "-q:v", "4", "-c:a", "ac3"),
    expected: ready(),
  },
  {
    name: "png-screen.mov",
    about: "PNG frames, as some screen recorders write",
    make: video("png"),
    expected: ready(),
  },
  {
    name: "magicyuv.avi",
    about: "a coding that is not on the list",
    make: encoded(picture(), ["-c:v", "magicyuv"]),
    expected: failed("unsupported_codec"),
  },
  {
    name: "one-unknown-sound.mkv",
    about: "two sounds, one in a coding that is not on the list: that one is left out",
    make: encoded(picture(), tone(), tone(), [
      ...["-map", "0:v", "-map", "1:a", "-map", "2:a", ...h264, "-c:a:0", "tta", "-c:a:1", "flac"],
    ]),
    expected: ready(),
    everyTest: true,
  },
  {
    name: "unknown-picture.mkv",
    about: "a picture that is not on the list beside good sound: its sound alone would be a silent loss",
    make: encoded(picture(), tone(), ["-c:v", "magicyuv", "-c:a", "flac"]),
    expected: failed("unsupported_codec"),
  },
];
