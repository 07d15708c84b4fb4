import { spawn } from "node:child_process";
import { join } from "node:path";

/** Runs ffmpeg in `cwd`; throws when it does not end well. */
export const bareFfmpeg = (args: readonly string[], cwd: string): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn("ffmpeg", ["-v", "error", "-nostdin", "-y", ...args], {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(`ffmpeg ended with ${code}`))));
  });

/** A kind of file to measure with: how a minute of it is encoded, and where that minute goes. */
export type ClipKind = { name: string; extension: string; video: readonly string[]; audio: readonly string[] };

const gop = ["-g", "50", "-keyint_min", "50", "-sc_threshold", "0"];

/** The kinds that the bars name. */
export const clipKinds = {
  h264: {
    name: "H.264/AAC MP4",
    extension: "mp4",
    video: ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "2500k", ...gop],
    audio: ["-c:a", "aac", "-ac", "2"],
  },
  mkv: {
    name: "H.264/AAC MKV",
    extension: "mkv",
    video: ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "2500k", ...gop],
    audio: ["-c:a", "aac", "-ac", "2"],
  },
  vp9: {
    name: "VP9/Opus WebM",
    extension: "webm",
    video: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1", "-b:v", "2M", "-g", "50"],
    audio: ["-c:a", "libopus", "-ac", "2"],
  },
  asp: {
    name: "MPEG-4 ASP/MP3 AVI",
    extension: "avi",
    video: ["-c:v", "mpeg4", "-vtag", "xvid", "-b:v", "3M", "-bf", "1", "-g", "50"],
    audio: ["-c:a", "libmp3lame", "-ac", "2"],
  },
  aspMkv: {
    name: "MPEG-4 ASP/AAC MKV",
    extension: "mkv",
    video: ["-c:v", "mpeg4", "-b:v", "2M", "-bf", "1", "-g", "50"],
    audio: ["-c:a", "aac", "-ac", "2"],
  },
  hevc10: {
    name: "10-bit HEVC/AAC MKV",
    extension: "mkv",
    video: [
      "-c:v",
      "libx265",
      "-preset",
      "ultrafast",
      "-pix_fmt",
      "yuv420p10le",
      "-x265-params",
      "log-level=error:keyint=50",
    ],
    audio: ["-c:a", "aac", "-ac", "2"],
  },
} as const satisfies Record<string, ClipKind>;

/** A minute of 25 frames a second that moves, with sound, 1080p unless told; gives its path. */
export const makeMinute = async (input: { kind: ClipKind; folder: string; size?: string }): Promise<string> => {
  const { kind, folder, size = "1920x1080" } = input;
  const path = join(
    folder,
    `minute-${kind.extension}-${kind.name.replace(/\W+/g, "-").toLowerCase()}.${kind.extension}`,
  );
  const picture = `testsrc2=s=${size}:r=25:d=60`;
  const sound = "aevalsrc=0.4*sin(440*2*PI*t)+0.05*random(0):s=48000:d=60";
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound];
  await bareFfmpeg([...inputs, ...kind.video, ...kind.audio, path], folder);
  return path;
};

/**
 * A film of many minutes: the picture's packets again and again, the sound encoded in one piece, as a camera or an editor
 * writes it. Gives the path.
 */
export const makeLong = async (input: {
  kind: ClipKind;
  minute: string;
  minutes: number;
  folder: string;
}): Promise<string> => {
  const { kind, minute, minutes, folder } = input;
  const path = join(folder, `long-${minutes}-${kind.name.replace(/\W+/g, "-").toLowerCase()}.${kind.extension}`);
  const silent = join(folder, `silent.${kind.extension}`);
  await bareFfmpeg(["-i", minute, "-an", "-c", "copy", silent], folder);
  const picture = ["-stream_loop", String(minutes - 1), "-i", silent];
  const sound = ["-f", "lavfi", "-i", `sine=f=440:r=48000:d=${minutes * 60}`];
  const maps = ["-map", "0:v", "-map", "1:a", "-c:v", "copy", ...kind.audio];
  await bareFfmpeg([...picture, ...sound, ...maps, path], folder);
  return path;
};
