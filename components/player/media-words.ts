import { addTranslation } from "media-chrome/dist/utils/i18n.js";

type Dictionary = Parameters<typeof addTranslation>[1];

/** media-chrome's own words (names of its controls for screen readers), by their English text. */
const keys = {
  Play: "play",
  Pause: "pause",
  play: "play",
  pause: "pause",
  Mute: "mute",
  Unmute: "unmute",
  mute: "mute",
  unmute: "unmute",
  "Enter fullscreen mode": "enterFullscreen",
  "Exit fullscreen mode": "exitFullscreen",
  "enter fullscreen mode": "enterFullscreen",
  "exit fullscreen mode": "exitFullscreen",
  "Enter picture in picture mode": "enterPicture",
  "Exit picture in picture mode": "exitPicture",
  "enter picture in picture mode": "enterPicture",
  "exit picture in picture mode": "exitPicture",
  volume: "volume",
  seek: "seek",
  "video player": "videoPlayer",
  "playback time": "playbackTime",
  "media loading": "loading",
  "video not loaded, unknown time.": "unknownTime",
} as const;

/** Teaches media-chrome the page's language; before its elements are made. `word` reads `player.controls`. */
export const teachWords = (locale: string, word: (key: string) => string): void => {
  const dictionary: Dictionary = Object.fromEntries(Object.entries(keys).map(([english, key]) => [english, word(key)]));
  addTranslation(locale, dictionary);
};
