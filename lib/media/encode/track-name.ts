import type { AudioPlan } from "#lib/media/plan/plan.ts";

/** How a track is called in menus: its own title, else the language in its own words, else its number. */
export const trackName = (track: Pick<AudioPlan, "title" | "language" | "ordinal">): string =>
  track.title ??
  (track.language === null
    ? `Audio ${track.ordinal + 1}`
    : (new Intl.DisplayNames([track.language], { type: "language", fallback: "code" }).of(track.language) ??
      track.language));
