import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { StoredPoster } from "#lib/media/playlists/rendition-parts.ts";
import { pictureFacts } from "#lib/media/stills/picture-facts.ts";
import { thumbnailSizes, thumbnailsCommand } from "#lib/media/stills/thumbnail-command.ts";
import { thumbnailKey } from "#lib/storage/keys.ts";
import type { RunFfmpeg } from "#worker/ffmpeg.ts";
import type { StepOutcome } from "./step.ts";

/** A small copy of a poster in scratch; its width in pixels. */
export type Thumbnail = { width: number; path: string; sizeBytes: number };

/** Where small copies are made. */
export type ThumbnailScene = { ffmpeg: RunFfmpeg; scratchDir: string; signal: AbortSignal };

/** Name in scratch of a small copy of the poster with that number, from 0. */
export const thumbnailName = ({ poster, width }: { poster: number; width: number }): string =>
  `thumbnail-${poster}-${width}.webp`;

/** Reads back the small copies of those widths of the poster with that number, as a command wrote them. */
export const readThumbnails = (
  scratchDir: string,
  { poster, widths }: { poster: number; widths: readonly number[] },
): Promise<Thumbnail[]> =>
  Promise.all(
    widths.map(async (width) => {
      const path = join(scratchDir, thumbnailName({ poster, width }));
      return { width, path, sizeBytes: (await stat(path)).size };
    }),
  );

/** By the JPEG's own header: a poster that is marked anew may be of another file than the video's present one. */
const sizesOf = async (path: string) => {
  const facts = pictureFacts(await readFile(path));
  return facts === null ? [] : thumbnailSizes(facts);
};

/** A fault of the copies alone: ffmpeg's, or a file that it should have written and did not. */
const isTheirOwn = (error: unknown): boolean =>
  error instanceof MediaFailure || (error instanceof Error && "code" in error && error.code === "ENOENT");

/**
 * Makes the small copies of JPEG posters in one run, of each the smallest first; none of a poster that is narrower than
 * any. A poster is worth more than its copies: when they cannot be made, that is logged and there are none.
 */
export const makeThumbnails = async (
  { ffmpeg, scratchDir, signal }: ThumbnailScene,
  paths: readonly string[],
): Promise<Thumbnail[][]> => {
  const posters = await Promise.all(paths.map(async (path) => ({ path, sizes: await sizesOf(path) })));
  const orders = posters.flatMap(({ path, sizes }, poster) =>
    sizes.length === 0 ? [] : [{ path, sizes, name: (width: number) => thumbnailName({ poster, width }) }],
  );
  if (orders.length === 0) return paths.map(() => []);
  try {
    await ffmpeg({ command: thumbnailsCommand(orders), scratchDir, durationSeconds: 1, signal });
    const widths = posters.map(({ sizes }) => sizes.map(({ width }) => width));
    return await Promise.all(widths.map((some, poster) => readThumbnails(scratchDir, { poster, widths: some })));
  } catch (error) {
    if (!isTheirOwn(error) || signal.aborted) throw error;
    log().warn({ "event.action": "poster.no_thumbnails", err: error }, "small copies of a poster could not be made");
    return paths.map(() => []);
  }
};

/** The files of a poster's small copies, as a step hands them over. */
export const thumbnailFiles = (posterKey: string, thumbnails: readonly Thumbnail[]): StepOutcome["files"] =>
  thumbnails.map(({ width, path }) => ({ path, key: thumbnailKey({ posterKey, width }) }));

/** What a step's result tells of small copies. */
export const toldThumbnails = (thumbnails: readonly Thumbnail[]): StoredPoster["thumbnails"] =>
  thumbnails.map(({ width, sizeBytes }) => ({ width, sizeBytes }));
