import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import {
  aurora,
  drift,
  mould,
  mountains,
  type Palette,
  type Scene,
  type SceneFrame,
  skyline,
  water,
} from "#scripts/kinora/demo-scenes.ts";

/** A clip of the demo: its title, its shape, what it shows, and the chord under it in hertz. */
export type DemoClip = SceneFrame & { title: string; scene: Scene; chord: readonly number[] };

const wide = { width: 1280, height: 720 };
const tall = { width: 608, height: 1080 };

const dusk: Palette = {
  sky: ["774a6c", "b96b62", "e09a5f", "f4cf8f"],
  sun: "ffe3b0",
  ridges: ["8f6a72", "5b4a70", "2c2d5c", "171a3a"],
};
const lagoon: Palette = {
  sky: ["1c6b76", "4aa095", "8fcdb0", "d9efcf"],
  sun: "fbf6dc",
  ridges: ["5fa79a", "2f7f80", "16575f", "0a363f"],
};
const meadow: Palette = {
  sky: ["3f6f42", "79a05a", "b9cc7e", "eee7ae"],
  sun: "fdf3c0",
  ridges: ["7e9a5c", "4c7043", "2a4a2f", "14291b"],
};
const moonlit: Palette = {
  sky: ["10172e", "1f2d52", "3d5280", "7f93b8"],
  sun: "f2efe2",
  ridges: ["46587f", "2b3a5e", "18233f", "0b1122"],
};
const ember: Palette = { sky: ["5a1f2b", "a83f30", "e0763a", "f8c26a"], sun: "ffdf9c", ridges: ["7d352c", "301620"] };
const lilac: Palette = { sky: ["4b3578", "8d5a9c", "d585a4", "f5c9b8"], sun: "fff0dc", ridges: ["70477f", "2b1d49"] };
const harbour: Palette = { sky: ["36506e", "7e89a0", "d9a58f", "f8d7a3"], sun: "fff0c9", ridges: ["3c5674"] };

/** What an empty site is filled with: both languages, landscape and portrait, long titles and short ones. */
export const demoClips: readonly DemoClip[] = [
  {
    ...wide,
    seconds: 10,
    title: "Four days alone above the tree line",
    scene: mountains({ palette: lagoon, seed: 1.1, sunX: 0.34, from: 0.3, to: 0.22 }),
    chord: [196, 294, 392],
  },
  {
    ...wide,
    seconds: 8,
    title: "Як росте пліснява: тисяча поколінь за вісім секунд",
    scene: mould({ dead: "7a2f1c", alive: "ffd489", seed: 11 }),
    chord: [147, 220, 277],
  },
  {
    ...tall,
    seconds: 9,
    title: "Місяць над хребтом",
    scene: mountains({ palette: moonlit, seed: 2.9, sunX: 0.6, from: 0.42, to: 0.24 }),
    chord: [165, 247, 330],
  },
  {
    ...wide,
    seconds: 8,
    title: "Harbour at six in the morning",
    scene: water({ palette: harbour }),
    chord: [131, 196, 330],
  },
  {
    ...wide,
    seconds: 8,
    title: "Зелені пагорби після дощу",
    scene: mountains({ palette: meadow, seed: 4.2, sunX: 0.68, from: 0.27, to: 0.3 }),
    chord: [175, 262, 349],
  },
  {
    ...tall,
    seconds: 7,
    title: "Northern lights from the tent door",
    scene: aurora({ hue: 0 }),
    chord: [139, 208, 311],
  },
  {
    ...wide,
    seconds: 10,
    title: "Місто засинає повільніше, ніж здається: один вечір з даху дев’ятиповерхівки",
    scene: skyline({ palette: ember, seed: 3, sunX: 0.62, from: 0.46, to: 0.62 }),
    chord: [185, 277, 370],
  },
  {
    ...wide,
    seconds: 6,
    title: "Colour study no. 4",
    scene: drift({ colours: ["e8a33d", "b5432f", "3b2a5c", "17405c", "d98c6a", "f1dcb0"] }),
    chord: [208, 311, 415],
  },
  {
    ...wide,
    seconds: 9,
    title: "Night trains of Europe, Lviv to Vienna",
    scene: skyline({ palette: lilac, seed: 8, sunX: 0.3, from: 0.34, to: 0.44 }),
    chord: [156, 233, 392],
  },
  {
    ...wide,
    seconds: 14,
    title: "Останнє світло над Карпатами",
    scene: mountains({ palette: dusk, seed: 0.3, sunX: 0.58, from: 0.3, to: 0.52 }),
    chord: [147, 220, 330],
  },
];

/** A soft chord whose voices swell one after the other. */
const chordSource = ({ chord, seconds }: Pick<DemoClip, "chord" | "seconds">) => {
  const voices = chord.map((hertz, index) => `0.07*sin(2*PI*${hertz}*t)*(0.55+0.45*sin(2*PI*0.21*t+${index * 2}))`);
  return `aevalsrc='(${voices.join("+")})*min(1,min(t,${seconds}-t))':s=48000:d=${seconds}`;
};

/** The one command that makes a clip; `name` is its file in the scratch folder. */
export const demoClipCommand = (clip: DemoClip, name: string): FfmpegCommand => ({
  inputs: [{ kind: "generated", source: chordSource(clip), options: [] }],
  filterGraph: clip.scene(clip),
  outputs: [
    {
      name,
      options: [
        ...["-map", "[picture]", "-map", "0:a", "-t", String(clip.seconds)],
        ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "17", "-pix_fmt", "yuv420p", "-g", "48"],
        ...["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-f", "mp4"],
      ],
    },
  ],
});
