import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** Who may watch: only the owner, whoever has the address, or everyone. */
export const visibilitySchema = z.enum(["private", "unlisted", "public"]);
/** See `visibilitySchema`. */
export type Visibility = z.output<typeof visibilitySchema>;

/** Where a video stands. */
export const videoStatusSchema = z.enum(["uploading", "processing", "ready", "failed"]);

/** Where a run stands. */
export const progressSchema = z.object({
  stage: z.enum(["waiting", "probing", "packaging", "encoding", "finishing"]),
  /** 0 to 100. */
  percent: z.number().min(0).max(100),
  /** Seconds until the run is done, as far as can be told. */
  etaSeconds: z.number().nullable(),
  /** Media seconds made per second; null while nothing is encoded. */
  speed: z.number().nullable(),
  /** Runs that wait before this one, from 1; null once it has begun. */
  queuePosition: z.number().int().nullable(),
  /** The run's steps gathered by kind, in the order of the work; kinds that the run does not need are absent. Empty for those who may not edit. */
  steps: z.array(
    z.object({
      kind: z.enum(["probe", "copy", "preview", "encode", "audio", "package", "poster", "stills", "text", "finish"]),
      state: z.enum(["waiting", "running", "done", "failed"]),
      /** 0 to 100, over all of the kind. */
      percent: z.number().min(0).max(100),
      /** Media seconds made per second by those that run; null while none does. */
      speed: z.number().nullable(),
      /** How many there are (chunks, tracks), and how many have ended. */
      count: z.number().int(),
      ended: z.number().int(),
      /** Of one that failed, or that waits because the machine is short of something. */
      errorCode: z.string().nullable(),
    }),
  ),
});

/** Why a video failed. */
export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  /** Whether the same file may work at another try. */
  retryable: z.boolean(),
});

/** One quality of a video. */
export const renditionSchema = z.object({
  name: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  bandwidth: z.number().int(),
  codecs: z.string(),
  /** While a run goes on: how far it can be played, from 0; null once it is complete. */
  availableMs: z.number().int().nullable(),
});

/** A stored file of a video that its owner may download. */
export const assetSchema = z.object({
  id: idSchema,
  kind: z.string(),
  sizeBytes: z.number().int(),
  downloadUrl: z.string(),
});

/** A channel as it stands beside a video. */
export const channelRefSchema = z.object({ id: idSchema, handle: z.string(), name: z.string() });

/** A video as its readers get it; owner-only parts are absent or empty for others. */
export const videoSchema = z.object({
  id: idSchema,
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  visibility: visibilitySchema,
  status: videoStatusSchema,
  playable: z.boolean(),
  /** Null when no run is going on. */
  progress: progressSchema.nullable(),
  /** Bytes received so far while `uploading`, or of a new file that is on its way; owners only. */
  upload: z.object({ id: idSchema, offsetBytes: z.number().int(), sizeBytes: z.number().int() }).nullable(),
  failure: failureSchema.nullable(),
  durationMs: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Frames per second, rounded to two decimals; owners only. */
  frameRate: z.number().nullable(),
  /** Size of the original; owners only. */
  sourceSizeBytes: z.number().int().nullable(),
  renditions: z.array(renditionSchema),
  playback: z.object({
    hlsUrl: z.string().nullable(),
    posterUrl: z.string().nullable(),
    /** `#rrggbb` behind the poster. */
    dominantColor: z.string().nullable(),
    /** WebVTT whose cues point into sprites (`storyboard-0.jpg#xywh=…`). */
    storyboardUrl: z.string().nullable(),
    /** A few silent seconds that move, for cards. */
    previewUrl: z.string().nullable(),
    captions: z.array(z.object({ id: idSchema, language: z.string(), label: z.string(), url: z.string() })),
    chapters: z.array(z.object({ startMs: z.number().int(), title: z.string() })),
  }),
  assets: z.array(assetSchema),
  /** An older video of the same owner with the very same file; owners only. */
  duplicateOf: z.object({ id: idSchema, title: z.string() }).nullable(),
  channel: channelRefSchema,
  /** Whether the caller may edit it. */
  editable: z.boolean(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
});
/** See `videoSchema`. */
export type VideoDto = z.output<typeof videoSchema>;

/** A page of videos; `nextCursor` is null on the last one. */
export const videoPageSchema = z.object({ items: z.array(videoSchema), nextCursor: z.string().nullable() });
/** See `videoPageSchema`. */
export type VideoPageDto = z.output<typeof videoPageSchema>;

/** What may be changed of a video. */
export const videoPatchSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  description: z.string().max(10_000).optional(),
  tags: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
  visibility: visibilitySchema.optional(),
});
/** See `videoPatchSchema`. */
export type VideoPatch = z.output<typeof videoPatchSchema>;

/** What `GET /me/events` and `GET /videos/{id}/events` send: the SSE event's name; its data is a `VideoDto`. */
export const videoEventNames = ["progress", "playable", "ready", "failed", "changed", "deleted"] as const;
/** See `videoEventNames`. */
export type VideoEventName = (typeof videoEventNames)[number];

/** A video's poster and what there is to choose from; for those who may edit it. */
export const posterSchema = z.object({
  /** `auto`: the best proposal of each run; `frame`: a chosen frame; `image`: an own picture. */
  origin: z.enum(["auto", "frame", "image"]),
  posterUrl: z.string().nullable(),
  /** Proposals of the present run, the automatic one first. */
  proposals: z.array(z.object({ index: z.number().int(), url: z.string() })),
  /** Whether a chosen frame or image is being made into the poster. */
  making: z.boolean(),
  /** Why the last choice could not be made. */
  failure: failureSchema.nullable(),
  /** Whether frames of the file can be chosen, and up to which moment. */
  frames: z.object({ durationMs: z.number().int() }).nullable(),
});
/** See `posterSchema`. */
export type PosterDto = z.output<typeof posterSchema>;

/** What may be chosen by `PUT /videos/{id}/poster` as JSON; an own picture is sent as its bytes. */
export const posterChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("auto") }),
  z.strictObject({ kind: z.literal("proposal"), index: z.number().int().min(0).max(9) }),
  z.strictObject({ kind: z.literal("frame"), atMs: z.number().int().min(0) }),
]);
/** See `posterChangeSchema`. */
export type PosterChange = z.output<typeof posterChangeSchema>;
