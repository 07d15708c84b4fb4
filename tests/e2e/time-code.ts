import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

const framesPerSecond = 25;
const bits = 11;

/** White boxes on a black strip at the upper edge: each frame says its own number, whatever it is scaled to. */
const numbered = [
  "drawbox=x=0:y=0:w=iw:h=ih/8:color=black:t=fill",
  ...Array.from(
    { length: bits },
    (_, bit) =>
      `drawbox=x=iw*${bit}/${bits}:y=0:w=iw/${bits}:h=ih/8:color=white:t=fill:enable='mod(floor((n+0.5)/${2 ** bit})\\,2)'`,
  ),
].join(",");

/** What a clip is made of. */
export type NumberedClip = {
  name: string;
  size: string;
  seconds: number;
  container: string;
  codecs: readonly string[];
};

/** Makes a clip whose frames tell their number, with a tone; gives its path. */
export const makeNumberedClip = async (clip: NumberedClip): Promise<string> => {
  const path = join(tmpdir(), `kinora-e2e-${process.pid}-${clip.name}.${clip.container}`);
  await runTool("ffmpeg", [
    ...lavfi(`testsrc2=s=${clip.size}:r=${framesPerSecond}:d=${clip.seconds},${numbered}`),
    ...lavfi(`sine=f=440:d=${clip.seconds}`),
    ...["-pix_fmt", "yuv420p", ...clip.codecs, path],
  ]);
  return path;
};

/** A frame that was shown: when, which the media's clock says, and which its picture says. */
export type ShownFrame = { wallSeconds: number; mediaSeconds: number; number: number; rate: number; rung: string };

declare global {
  interface Window {
    shownFrames?: ShownFrame[];
  }
}

/** Notes every frame that the page's video shows from now on. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate((count) => {
    const video = document.querySelector("video");
    if (video === null) throw new Error("The page has no video.");
    const shown: ShownFrame[] = [];
    window.shownFrames = shown;
    const canvas = new OffscreenCanvas(count * 8, 64);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("The browser gives no canvas.");
    const note = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const strip = context.getImageData(0, 4, canvas.width, 1).data;
      const isWhite = (bit: number) => (strip[(bit * 8 + 4) * 4] ?? 0) > 128;
      const number = Array.from({ length: count }, (_, bit) => (isWhite(bit) ? 2 ** bit : 0)).reduce(
        (a, b) => a + b,
        0,
      );
      const rung = document.querySelector<HTMLElement>(".player")?.dataset["playingRung"] ?? "";
      const rate = video.playbackRate;
      shown.push({ wallSeconds: performance.now() / 1000, mediaSeconds: mediaTime, number, rate, rung });
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }, bits);

/** The frames noted so far. */
export const shownFrames = (page: Page): Promise<ShownFrame[]> => page.evaluate(() => window.shownFrames ?? []);

/**
 * What is wrong with a line of frames, in words: a picture that is not the one of its time, time that goes back, or time that
 * leaps ahead of the clock. Standing still is no jump.
 */
export const jumps = (frames: readonly ShownFrame[]): string[] =>
  frames.flatMap((frame, index) => {
    const found: string[] = [];
    const expected = frame.mediaSeconds * framesPerSecond;
    // The canvas may already see the next frame when the machine is busy.
    if (Math.abs(frame.number - expected) > 2.5) {
      found.push(`frame ${frame.number} shown as ${expected.toFixed(1)} on ${frame.rung}`);
    }
    const last = frames[index - 1];
    if (last === undefined) return found;
    const media = frame.mediaSeconds - last.mediaSeconds;
    const wall = (frame.wallSeconds - last.wallSeconds) * frame.rate;
    if (media < -0.001) found.push(`back by ${(-media).toFixed(3)} s at ${last.mediaSeconds.toFixed(3)}`);
    if (media > wall + 0.3) {
      found.push(`ahead by ${(media - wall).toFixed(3)} s at ${last.mediaSeconds.toFixed(3)} on ${frame.rung}`);
    }
    return found;
  });
