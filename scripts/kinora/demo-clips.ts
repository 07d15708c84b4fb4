import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";

/** A clip of the demo: its title, its shape, and the generators that draw and sound it. */
export type DemoClip = {
  title: string;
  width: number;
  height: number;
  seconds: number;
  picture: string;
  sound: string;
};

const tone = (hertz: number) => `sine=frequency=${hertz}:sample_rate=48000`;

/** What an empty site is filled with: both languages, landscape, portrait and square, still and moving. */
export const demoClips: readonly DemoClip[] = [
  {
    title: "Counting frames: a test pattern",
    width: 1280,
    height: 720,
    seconds: 24,
    picture: "testsrc2",
    sound: tone(440),
  },
  {
    title: "Клітинний автомат: життя з випадку",
    width: 1280,
    height: 720,
    seconds: 20,
    picture: "life=mold=10:ratio=0.12:death_color=#204060:life_color=#e0f0ff",
    sound: tone(220),
  },
  {
    title: "Zooming into the Mandelbrot set",
    width: 854,
    height: 480,
    seconds: 16,
    picture: "mandelbrot",
    sound: tone(330),
  },
  {
    title: "Портретне відео: кольорові смуги",
    width: 720,
    height: 1280,
    seconds: 12,
    picture: "smptehdbars",
    sound: tone(523),
  },
  {
    title: "Slow gradients, portrait",
    width: 720,
    height: 1280,
    seconds: 18,
    picture: "gradients=speed=0.02",
    sound: tone(294),
  },
  { title: "Трикутник Серпінського", width: 720, height: 720, seconds: 14, picture: "sierpinski", sound: tone(392) },
];

/** The one command that makes a clip; `name` is its file in the scratch folder. */
export const demoClipCommand = ({ width, height, seconds, picture, sound }: DemoClip, name: string): FfmpegCommand => {
  const separator = picture.includes("=") ? ":" : "=";
  return {
    inputs: [
      {
        kind: "generated",
        source: `${picture}${separator}size=${width}x${height}:rate=25`,
        options: ["-t", String(seconds)],
      },
      { kind: "generated", source: sound, options: ["-t", String(seconds)] },
    ],
    filterGraph: null,
    outputs: [
      {
        name,
        options: [
          ...["-map", "0:v", "-map", "1:a", "-t", String(seconds)],
          ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "50"],
          ...["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
  };
};
