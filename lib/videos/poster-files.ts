import type { NewAsset } from "#lib/db/queries/videos/assets.ts";
import { thumbnailWidths } from "#lib/media/stills/thumbnail-command.ts";
import { cleanPosterKey, thumbnailKey } from "#lib/storage/keys.ts";

/** Every key under which a file of that poster may lie: itself, its unmarked picture and its small copies. */
export const posterFiles = (posterKey: string): string[] => [
  posterKey,
  cleanPosterKey(posterKey),
  ...thumbnailWidths.map((width) => thumbnailKey({ posterKey, width })),
];

/** A stored file of a poster. */
export type PosterFile = { key: string; sizeBytes: number };

/**
 * Rows of the ledger for the files of a poster that somebody chose: one of the poster, which counts the unmarked picture
 * beside it as well, because nobody may ask for that, and one of each small copy.
 */
export const chosenPosterAssets = (input: {
  videoId: string;
  posterKey: string;
  files: readonly PosterFile[];
}): NewAsset[] => {
  const { videoId, posterKey, files } = input;
  const own = new Set([posterKey, cleanPosterKey(posterKey)]);
  const sizeBytes = files.reduce((sum, file) => (own.has(file.key) ? sum + file.sizeBytes : sum), 0);
  const small = files.filter(({ key }) => !own.has(key));
  const beside = { videoId, runId: null };
  return [
    { ...beside, kind: "poster", key: posterKey, sizeBytes, contentType: "image/jpeg" },
    ...small.map((file): NewAsset => ({ ...beside, ...file, kind: "thumbnail", contentType: "image/webp" })),
  ];
};
