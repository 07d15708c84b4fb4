import type { VideoDto } from "#lib/videos/dto.ts";

/**
 * How wide a poster is drawn, by where it stands, as the `sizes` of an image. The rail takes 252 px from 1024 on and 64 px
 * from 768 on, and columns are `auto-fill`, so a card in a grid is between its least width and half as much again.
 */
const widths = {
  /** Columns of at least 280 px; below 640 one column without margins. */
  grid: "(min-width: 1156px) 340px, (min-width: 1024px) calc(50vw - 150px), (min-width: 640px) calc(50vw - 42px), 100vw",
  /** Columns of at least 240 px. */
  denseGrid: "(min-width: 1024px) 300px, (min-width: 640px) calc(50vw - 42px), 100vw",
  /** Columns of at least 200 px, on phones two. */
  categories: "(min-width: 640px) 250px, 50vw",
  /** Cards in a row that moves sideways. */
  shelf: "(min-width: 360px) 280px, 78vw",
  narrowShelf: "240px",
  /** Beside the words of a found video; above them on phones. */
  hit: "(min-width: 900px) 320px, (min-width: 640px) 38vw, 100vw",
  /** Beside the words of a video in a narrow list. */
  list: "168px",
  history: "(min-width: 640px) 224px, 42vw",
  /** In a line of a table or of a watched playlist. */
  row: "104px",
  /** Where the player of an editor will be. */
  editor: "(min-width: 1024px) 400px, 100vw",
} as const;

/** A place where posters stand. */
export type PosterPlace = keyof typeof widths;

/** What an image says of the copies of its picture. */
export type PosterSources = { srcSet: string; sizes: string };

type Shown = {
  playback: Pick<VideoDto["playback"], "posterUrl" | "thumbnails">;
  /** Of the video in pixels; null while nobody knows. */
  width: number | null;
  height: number | null;
  place: PosterPlace;
};

const longestSide = 1280;

/** Posters fill a 16:9 frame. One that is wider is cut at its sides: of its width only this share is seen. */
const shownShare = ({ width, height }: { width: number; height: number }) => Math.min(1, (height * 16) / (width * 9));

/**
 * The small copies of a poster and, as the largest, the poster itself, each with how many pixels of its width are seen in
 * the frame. Undefined without small copies: then there is one size.
 */
export const posterSources = ({ playback, width, height, place }: Shown): PosterSources | undefined => {
  const { posterUrl, thumbnails } = playback;
  const widest = thumbnails.at(-1);
  if (posterUrl === null || widest === undefined) return;
  const shape = width === null || height === null ? { width: 16, height: 9 } : { width, height };
  const longest = width === null || height === null ? longestSide : Math.max(width, height);
  const ownWidth = Math.round((Math.min(longest, longestSide) * shape.width) / Math.max(shape.width, shape.height));
  // A small copy as wide as the poster takes its place.
  const own = ownWidth > widest.width ? [{ url: posterUrl, width: ownWidth }] : [];
  const share = shownShare(shape);
  const set = [...thumbnails, ...own].map((one) => `${one.url} ${Math.round(one.width * share)}w`);
  return { srcSet: set.join(", "), sizes: widths[place] };
};
