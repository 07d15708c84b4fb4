import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A frame begins at every full second, and so do flash and beep: what is measured is the product's doing alone. */
const rate = 25;
const frameSeconds = 1 / rate;
/** Long enough that a busy machine shows a frame of each flash. */
const flashSeconds = 0.3;
const beepHertz = 1000;

/** Makes a clip that flashes white and beeps at every full second; gives its path. */
export const makeFlashClip = async (clip: {
  name: string;
  size: string;
  seconds: number;
  container: string;
  codecs: readonly string[];
}): Promise<string> => {
  const path = join(tmpdir(), `kinora-e2e-${process.pid}-${clip.name}.${clip.container}`);
  const on = `lt(mod(t+0.001\\,1)\\,${flashSeconds})`;
  const picture = `testsrc2=s=${clip.size}:r=${rate}:d=${clip.seconds},drawbox=c=white:t=fill:enable=${on}`;
  const sound = `aevalsrc=if(lt(mod(t\\,1)\\,${flashSeconds})\\,0.7*sin(2*PI*${beepHertz}*t)\\,0):s=48000:d=${clip.seconds}`;
  await runTool("ffmpeg", [...lavfi(picture), ...lavfi(sound), "-pix_fmt", "yuv420p", ...clip.codecs, path]);
  return path;
};

/** A frame that was shown, the height of its rung, and whether it is one of a flash. */
type SeenFrame = { seconds: number; bright: boolean; height: number };
type Notes = {
  frames: SeenFrame[];
  /** Where each beep began on the clock of the sound that came out, in seconds. */
  beeps: number[];
  /** The same clock beside the media's. */
  clocks: { sound: number; media: number }[];
};

declare global {
  interface Window {
    flashNotes?: Notes;
  }
}

/** Runs where sound is computed: tells when it becomes loud after a fifth of a second of quiet. */
const onsetProcessor = `
class Onsets extends AudioWorkletProcessor {
  constructor() { super(); this.lastLoud = -1; }
  process([input]) {
    const samples = input[0] ?? [];
    for (let at = 0; at < samples.length; at += 1) {
      if (Math.abs(samples[at]) < 0.15) continue;
      const seconds = (currentFrame + at) / sampleRate;
      if (seconds - this.lastLoud > 0.2) this.port.postMessage(seconds);
      this.lastLoud = seconds;
    }
    return true;
  }
}
registerProcessor("onsets", Onsets);`;

/**
 * Notes from now on what the page's video shows and sounds: each frame under its own time, and each beep on the clock of the
 * sound's output, as the listener gets it. Once per page.
 */
export const watchFlashes = (page: Page): Promise<void> =>
  page.evaluate(async (processor) => {
    const video = document.querySelector("video");
    if (video === null) throw new Error("The page has no video.");
    const notes: Notes = { frames: [], beeps: [], clocks: [] };
    window.flashNotes = notes;
    video.muted = false;
    video.volume = 1;
    const audio = new AudioContext({ latencyHint: "interactive" });
    await audio.audioWorklet.addModule(URL.createObjectURL(new Blob([processor], { type: "text/javascript" })));
    const onsets = new AudioWorkletNode(audio, "onsets");
    onsets.port.onmessage = ({ data }) => notes.beeps.push(data);
    audio.createMediaElementSource(video).connect(onsets).connect(audio.destination);
    await audio.resume();
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("The browser gives no canvas.");
    const note = () => {
      // A frame of its own: what a canvas draws from the element may already be the next one.
      const frame = new VideoFrame(video);
      context.drawImage(frame, 0, 0, canvas.width, canvas.height);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
      const light = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
      notes.frames.push({ seconds: frame.timestamp / 1e6, bright: light > 225, height: frame.displayHeight });
      frame.close();
      if (!video.paused) notes.clocks.push({ sound: audio.currentTime, media: video.currentTime });
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }, onsetProcessor);

/** Plays a stretch of seconds of the video, and gives what was seen and heard of it. */
export const playStretch = async (page: Page, { from, to }: { from: number; to: number }): Promise<Notes> => {
  await page.evaluate(async (start) => {
    const video = document.querySelector("video");
    if (video === null) throw new Error("The page has no video.");
    video.pause();
    const sought = new Promise((done) => video.addEventListener("seeked", done, { once: true }));
    video.currentTime = start;
    await sought;
    for (const list of Object.values(window.flashNotes ?? {})) list.length = 0;
    await video.play();
  }, from);
  await waitFor({
    what: `playing from ${from} to ${to} s`,
    timeoutMs: 60_000,
    until: () => page.evaluate((end) => (document.querySelector("video")?.currentTime ?? 0) >= end, to),
  });
  return page.evaluate(() => {
    document.querySelector("video")?.pause();
    const notes = window.flashNotes ?? { frames: [], beeps: [], clocks: [] };
    return structuredClone(notes);
  });
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Times of a rung's flashes whose first frame was seen: the frame before it was shown too, and was dark. */
export const flashesOf = ({ frames }: Notes, rung: { height: number }): number[] =>
  frames.flatMap(({ seconds, bright, height }, index) => {
    const before = frames[index - 1];
    const seen = before !== undefined && !before.bright && seconds - before.seconds < frameSeconds * 1.5;
    return bright && seen && height === rung.height ? [seconds] : [];
  });

/** Times of the beeps on the media's clock; see `clockDrift`. */
export const beepsOf = ({ beeps, clocks }: Notes): number[] => {
  const offset = median(clocks.map(({ sound, media }) => media - sound));
  return beeps.map((sound) => sound + offset);
};

/** Seconds by which the two clocks moved against each other: a stretch that stalled cannot be judged. */
export const clockDrift = ({ clocks }: Notes): number => {
  const offsets = clocks.map(({ sound, media }) => media - sound).toSorted((a, b) => a - b);
  const at = (share: number) => offsets[Math.floor((offsets.length - 1) * share)] ?? Number.NaN;
  return at(0.9) - at(0.1);
};
