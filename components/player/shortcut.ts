/** What a key does in the player. */
export type PlayerAction =
  | { kind: "toggle" }
  | { kind: "seekBy"; seconds: number }
  | { kind: "seekTo"; seconds: number }
  | { kind: "seekToShare"; share: number }
  | { kind: "frame"; step: 1 | -1 }
  | { kind: "volumeBy"; step: number }
  | { kind: "mute" }
  | { kind: "fullscreen" }
  | { kind: "picture" }
  | { kind: "captions" }
  | { kind: "faster" }
  | { kind: "slower" }
  | { kind: "loop" }
  | { kind: "theatre" }
  | { kind: "stats" }
  | { kind: "next" }
  | { kind: "help" };

/** A key press, as the DOM tells it. */
export type KeyPress = { key: string; code: string; shiftKey: boolean };

/** By the character, where the character is what people know the key by. */
const byKey: Readonly<Record<string, PlayerAction>> = {
  " ": { kind: "toggle" },
  ArrowLeft: { kind: "seekBy", seconds: -5 },
  ArrowRight: { kind: "seekBy", seconds: 5 },
  ArrowUp: { kind: "volumeBy", step: 0.05 },
  ArrowDown: { kind: "volumeBy", step: -0.05 },
  Home: { kind: "seekToShare", share: 0 },
  End: { kind: "seekToShare", share: 1 },
  ",": { kind: "frame", step: -1 },
  ".": { kind: "frame", step: 1 },
  ">": { kind: "faster" },
  "<": { kind: "slower" },
  "?": { kind: "help" },
};

/** By the place of the key, so that letters and marks work on a Ukrainian layout too. */
const byCode: Readonly<Record<string, PlayerAction>> = {
  KeyK: { kind: "toggle" },
  KeyJ: { kind: "seekBy", seconds: -10 },
  KeyL: { kind: "seekBy", seconds: 10 },
  KeyM: { kind: "mute" },
  KeyF: { kind: "fullscreen" },
  KeyP: { kind: "picture" },
  KeyC: { kind: "captions" },
  KeyR: { kind: "loop" },
  KeyT: { kind: "theatre" },
  KeyI: { kind: "stats" },
  Comma: { kind: "frame", step: -1 },
  Period: { kind: "frame", step: 1 },
};

const byShiftedCode: Readonly<Record<string, PlayerAction>> = {
  KeyN: { kind: "next" },
  Comma: { kind: "slower" },
  Period: { kind: "faster" },
};

/** The player's answer to a key, or null. */
export const shortcut = ({ key, code, shiftKey }: KeyPress): PlayerAction | null => {
  const known = byKey[key] ?? (shiftKey ? byShiftedCode[code] : undefined) ?? byCode[code];
  if (known !== undefined) return known;
  return /^[0-9]$/.test(key) ? { kind: "seekToShare", share: Number(key) / 10 } : null;
};
