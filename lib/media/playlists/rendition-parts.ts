import { z } from "zod";
import type { Plan } from "#lib/media/plan/plan.ts";

const segmentSchema = z.object({
  /** Ticks of the rendition's time scale. */
  start: z.number().int(),
  duration: z.number().int().positive(),
  sizeBytes: z.number().int().nonnegative(),
  /** Bytes from the segment's beginning to the end of its first frame; absent where nobody measured them. */
  keyFrameBytes: z.number().int().positive().optional(),
});

/** See `RenditionPart`. */
export const renditionPartSchema = z.object({
  rendition: z.string(),
  /** Hash of the init segment: chunks of equal settings must come out with equal ones. */
  initHash: z.string(),
  initBytes: z.number().int(),
  codecs: z.string(),
  timescale: z.number().int().positive(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  firstSegment: z.number().int(),
  segments: z.array(segmentSchema).min(1),
});

/** What one step made of one rendition: enough for `finish` to write playlists without reading any segment again. */
export type RenditionPart = z.output<typeof renditionPartSchema>;

/** A poster that a step stored, with the small copies beside it, the smallest first. Sizes are of one file each. */
const posterSchema = z.object({
  sizeBytes: z.number().int(),
  dominantColor: z.string(),
  /** Absent from what steps of earlier versions left. */
  thumbnails: z.array(z.object({ width: z.number().int(), sizeBytes: z.number().int() })).default([]),
});
/** See `posterSchema`. */
export type StoredPoster = z.output<typeof posterSchema>;

/** Widths of a poster's small copies. */
export const widthsOf = ({ thumbnails }: { thumbnails: readonly { width: number }[] }): number[] =>
  thumbnails.map(({ width }) => width);

/** Result of an `encode` or `audio` step. `poster` tells of a drawn cover that was stored as the poster. */
export const partsResultSchema = z.object({
  parts: z.array(renditionPartSchema),
  poster: posterSchema.nullable(),
  /** Damaged frames and packets of the source's picture that the decoder met; absent where none was decoded. */
  decodeFaults: z.number().int().nonnegative().optional(),
});
/** See `partsResultSchema`. */
export type PartsResult = z.output<typeof partsResultSchema>;

/** A stored thing that a step beside the renditions made; finish records it with the run. */
export const stepAssetSchema = z.object({
  kind: z.enum(["poster", "thumbnail", "storyboard", "preview", "subtitles", "caption"]),
  /** Under the run's prefix. */
  key: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  contentType: z.string(),
});

/** A poster and its small copies as things to record; `keys` gives where they were stored. */
export const posterAssets = (
  { sizeBytes, thumbnails }: Omit<StoredPoster, "dominantColor">,
  keys: { poster: string; thumbnail: (width: number) => string },
): z.output<typeof stepAssetSchema>[] => [
  { kind: "poster", key: keys.poster, sizeBytes, contentType: "image/jpeg" },
  ...thumbnails.map((one) => ({
    ...{ kind: "thumbnail" as const, key: keys.thumbnail(one.width), sizeBytes: one.sizeBytes },
    contentType: "image/webp",
  })),
];

/** What the results of `poster`, `stills` and `text` steps have in common. */
export const assetsResultSchema = z.object({ assets: z.array(stepAssetSchema).default([]) });

/** Result of a `stills` step. */
export type StillsResult = z.output<typeof assetsResultSchema>;

/** Result of a `poster` step; null when no picture came out. `proposals` has all of them, the automatic one first. */
export const posterResultSchema = assetsResultSchema.extend({
  poster: posterSchema.nullable(),
  proposals: z.array(posterSchema).default([]),
});
/** See `posterResultSchema`. */
export type PosterResult = z.output<typeof posterResultSchema>;

/** Result of the `probe` step. */
export type ProbeResult = { plan: Plan };

/** What `finish` hands over to be written together with the flip of the video's run. */
export type FinishResult = {
  durationMs: number;
  width: number;
  height: number;
  /** Frames per second. */
  frameRate: number;
  posterKey: string | null;
  /** Widths of the poster's small copies, in pixels, the smallest first. */
  posterWidths: number[];
  /** `#rrggbb`. */
  dominantColor: string | null;
  renditions: {
    kind: "video" | "audio";
    name: string;
    width: number | null;
    height: number | null;
    /** As a fraction, such as `30000/1001`; null for sound. */
    frameRate: string | null;
    bandwidth: number;
    averageBandwidth: number;
    codecs: string;
    language: string | null;
    segmentCount: number;
    sizeBytes: number;
  }[];
  assets: {
    kind: "rendition" | "audio" | "playlists" | z.output<typeof stepAssetSchema>["kind"];
    /** The object's key, or with a trailing slash the prefix of all its objects. */
    key: string;
    sizeBytes: number;
    contentType: string;
  }[];
};
