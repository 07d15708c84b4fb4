import type { Level, MediaPlaylist } from "hls.js";
import type { Rung } from "#components/player/ladder.ts";
import type { Quality } from "#components/player/stream-contract.ts";

/** A rung's name is the folder of its playlist. */
export const rungOf = (level: Level): Rung => ({
  name: new URL(level.uri, location.href).pathname.split("/").at(-2) ?? "",
  quality: `${Math.min(level.width, level.height)}p`,
  bitrate: level.bitrate,
  family: level.codecSet,
});

const shortSide = ({ quality }: Rung) => Number.parseInt(quality, 10);

/** Best first, each name once: of two rungs with the same short side the richer one stands for both. */
export const qualitiesOf = (rungs: readonly Rung[]): Quality[] => {
  const sorted = rungs
    .filter((rung) => shortSide(rung) > 0)
    .toSorted((a, b) => shortSide(b) - shortSide(a) || b.bitrate - a.bitrate);
  return sorted
    .filter(({ quality }, position) => sorted.findIndex((other) => other.quality === quality) === position)
    .map(({ name, quality }) => ({ name: quality, original: name === "source" }));
};

/** What tells one sound track from another: a playlist that grows has new objects for the same ones. */
export const soundId = ({ lang, name }: MediaPlaylist) => `${lang ?? ""}/${name}`;
