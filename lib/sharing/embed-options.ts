/** Colours of the bar that an embed may have, as names of the theme's own. */
export const embedColors = ["accent", "success", "warning", "danger", "text"] as const;
/** See `embedColors`. */
export type EmbedColor = (typeof embedColors)[number];

/** How an embed plays; what its address says. */
export type EmbedOptions = {
  startSeconds: number;
  /** Where it stops, or where a loop begins anew; null at the end. */
  endSeconds: number | null;
  /** Begins by itself where the browser allows it; with sound most want a click first. */
  autoplay: boolean;
  muted: boolean;
  loop: boolean;
  controls: boolean;
  /** Language of captions that are shown from the start; null: what was chosen last. */
  captions: string | null;
  color: EmbedColor;
};

type Search = Record<string, string | string[] | undefined>;

const longestSeconds = 7 * 24 * 3600;

/** Seconds (`83`, `83s`, `83.5`) or parts (`1h2m3s`); null for everything else. */
const secondsOf = (value: string | string[] | undefined): number | null => {
  if (typeof value !== "string" || value === "") return null;
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s?)?$/.exec(value);
  if (match === null) return null;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return Math.min(longestSeconds, Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
};

/** `1`, `true` and a name alone mean yes, `0` and `false` no. */
const flagOf = (value: string | string[] | undefined, usual: boolean): boolean => {
  if (value === "1" || value === "true" || value === "") return true;
  if (value === "0" || value === "false") return false;
  return usual;
};

/** Language tags (RFC 5646) as captions have them; everything else means nothing. */
const languageOf = (value: string | string[] | undefined): string | null =>
  typeof value === "string" && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(value) ? value.toLowerCase() : null;

/** Reads what an embed's address asks for. What it does not understand it leaves as usual: an embed always plays. */
export const embedOptions = (search: Search): EmbedOptions => {
  const startSeconds = secondsOf(search.start) ?? secondsOf(search.t) ?? 0;
  const endSeconds = secondsOf(search.end);
  return {
    startSeconds,
    endSeconds: endSeconds !== null && endSeconds > startSeconds ? endSeconds : null,
    autoplay: flagOf(search.autoplay, false),
    muted: flagOf(search.muted, false),
    loop: flagOf(search.loop, false),
    controls: flagOf(search.controls, true),
    captions: languageOf(search.captions),
    color: embedColors.find((color) => color === search.color) ?? "accent",
  };
};
