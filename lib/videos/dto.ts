import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { languageTag } from "#lib/media/captions/caption-language.ts";
import { videoCategories } from "#lib/videos/categories.ts";

/** Who may watch: only the owner, whoever has the address, or everyone. */
export const visibilitySchema = z.enum(["private", "unlisted", "public"]).meta({ id: "Visibility" });
/** See `visibilitySchema`. */
export type Visibility = z.output<typeof visibilitySchema>;

/** What a video is about. */
export const videoCategorySchema = z.enum(videoCategories).meta({ id: "VideoCategory" });

/** Where a video stands. */
export const videoStatusSchema = z.enum(["uploading", "processing", "ready", "failed"]);

/** Where a run stands. */
export const progressSchema = z
  .object({
    stage: z.enum(["waiting", "probing", "packaging", "encoding", "finishing"]),
    percent: z.number().min(0).max(100).describe("0 to 100."),
    etaSeconds: z.number().nullable().describe("Seconds until the run is done, as far as can be told."),
    speed: z.number().nullable().describe("Media seconds made per second; null while nothing is encoded."),
    queuePosition: z
      .number()
      .int()
      .nullable()
      .describe("Runs that wait before this one, from 1; null once it has begun."),
    steps: z
      .array(
        z.object({
          kind: z.enum([
            "probe",
            "copy",
            "preview",
            "encode",
            "audio",
            "package",
            "poster",
            "stills",
            "text",
            "finish",
          ]),
          state: z.enum(["waiting", "running", "done", "failed"]),
          percent: z.number().min(0).max(100).describe("0 to 100, over all of the kind."),
          speed: z
            .number()
            .nullable()
            .describe("Media seconds made per second by those that run; null while none does."),
          count: z.number().int().describe("How many there are (chunks, tracks), and how many have ended."),
          ended: z.number().int(),
          errorCode: z
            .string()
            .nullable()
            .describe("Of one that failed, or that waits because the machine is short of something."),
        }),
      )
      .describe(
        "The run's steps gathered by kind, in the order of the work; kinds that the run does not need are absent. Empty for those who may not edit.",
      ),
  })
  .meta({ id: "Progress" });

/** Why a video failed. */
export const failureSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    retryable: z.boolean().describe("Whether the same file may work at another try."),
  })
  .meta({ id: "Failure" });

/** One quality of a video. */
export const renditionSchema = z
  .object({
    name: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    bandwidth: z.number().int(),
    codecs: z.string(),
    availableMs: z
      .number()
      .int()
      .nullable()
      .describe("While a run goes on: how far it can be played, from 0; null once it is complete."),
  })
  .meta({ id: "Rendition" });

/** A stored file of a video that its owner may download. */
export const assetSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    sizeBytes: z.number().int(),
    downloadUrl: z.string(),
  })
  .meta({ id: "Asset" });

/** A channel as it stands beside a video. */
export const channelRefSchema = z
  .object({ id: idSchema, handle: z.string(), name: z.string() })
  .meta({ id: "ChannelRef" });

/** Small copies of a video's poster. */
export const thumbnailsSchema = z
  .array(z.object({ url: z.string(), width: z.number().int() }))
  .describe("Small copies of the poster as WebP, the smallest first, `width` in pixels; empty when there are none.");

/** A video as its readers get it; owner-only parts are absent or empty for others. */
export const videoSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    category: videoCategorySchema.nullable().describe("Null: nobody chose one."),
    language: z.string().nullable().describe("What is spoken or written in it, as a language tag (RFC 5646)."),
    visibility: visibilitySchema,
    status: videoStatusSchema,
    playable: z.boolean(),
    progress: progressSchema.nullable().describe("Null when no run is going on."),
    upload: z
      .object({ id: idSchema, offsetBytes: z.number().int(), sizeBytes: z.number().int() })
      .nullable()
      .describe("Bytes received so far while `uploading`, or of a new file that is on its way; owners only."),
    failure: failureSchema.nullable(),
    durationMs: z.number().int().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    frameRate: z.number().nullable().describe("Frames per second, rounded to two decimals."),
    sourceSizeBytes: z.number().int().nullable().describe("Size of the original; owners only."),
    renditions: z.array(renditionSchema),
    playback: z.object({
      hlsUrl: z.string().nullable(),
      posterUrl: z.string().nullable(),
      thumbnails: thumbnailsSchema,
      dominantColor: z.string().nullable().describe("`#rrggbb` behind the poster."),
      storyboardUrl: z
        .string()
        .nullable()
        .describe("WebVTT whose cues point into sprites (`storyboard-0.jpg#xywh=…`)."),
      previewUrl: z.string().nullable().describe("A few silent seconds that move, for cards."),
      captions: z.array(z.object({ id: idSchema, language: z.string(), label: z.string(), url: z.string() })),
      chapters: z.array(z.object({ startMs: z.number().int(), title: z.string() })),
    }),
    assets: z.array(assetSchema),
    duplicateOf: z
      .object({ id: idSchema, title: z.string() })
      .nullable()
      .describe("An older video of the same owner with the very same file; owners only."),
    channel: channelRefSchema,
    viewCount: z.number().int().describe("Counted views: once per viewer and day, after real play time."),
    takenDown: z
      .object({ at: z.iso.datetime(), reason: z.string() })
      .nullable()
      .describe(
        "When and why an admin took it down: nothing of it is delivered. Null for others than those who may edit.",
      ),
    editable: z.boolean().describe("Whether the caller may edit it."),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Video" });
/** See `videoSchema`. */
export type VideoDto = z.output<typeof videoSchema>;

/** A page of videos; `nextCursor` is null on the last one. */
export const videoPageSchema = z
  .object({ items: z.array(videoSchema), nextCursor: z.string().nullable() })
  .meta({ id: "VideoPage" });
/** See `videoPageSchema`. */
export type VideoPageDto = z.output<typeof videoPageSchema>;

/** Most tags of one video. */
export const mostTags = 30;

/** What may be changed of a video. */
export const videoPatchSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    description: z.string().max(10_000).optional(),
    tags: z.array(z.string().trim().min(1).max(50)).max(mostTags).optional(),
    category: videoCategorySchema.nullable().optional().describe("Null takes it away."),
    language: z
      .string()
      .max(35)
      .refine((text) => languageTag(text) !== null, "language")
      .nullable()
      .optional()
      .describe("Language tag (RFC 5646); null takes it away."),
    visibility: visibilitySchema.optional(),
    channelId: idSchema
      .optional()
      .describe("Moves the video to another channel of the same founder on which the caller works; owners only."),
  })
  .meta({ id: "VideoPatch" });
/** See `videoPatchSchema`. */
export type VideoPatch = z.output<typeof videoPatchSchema>;

/** What `GET /me/events` and `GET /videos/{id}/events` send: the SSE event's name; its data is a `VideoDto`. */
export const videoEventNames = ["progress", "playable", "ready", "failed", "changed", "deleted"] as const;
/** See `videoEventNames`. */
export type VideoEventName = (typeof videoEventNames)[number];

/** A video's poster and what there is to choose from; for those who may edit it. */
export const posterSchema = z
  .object({
    origin: z
      .enum(["auto", "frame", "image"])
      .describe("`auto`: the best proposal of each run; `frame`: a chosen frame; `image`: an own picture."),
    posterUrl: z.string().nullable(),
    proposals: z
      .array(z.object({ index: z.number().int(), url: z.string() }))
      .describe("Proposals of the present run, the automatic one first."),
    making: z.boolean().describe("Whether a chosen frame or image is being made into the poster."),
    failure: failureSchema.nullable().describe("Why the last choice could not be made."),
    frames: z
      .object({ durationMs: z.number().int() })
      .nullable()
      .describe("Whether frames of the file can be chosen, and up to which moment."),
  })
  .meta({ id: "Poster" });
/** See `posterSchema`. */
export type PosterDto = z.output<typeof posterSchema>;

/** What may be chosen by `PUT /videos/{id}/poster` as JSON; an own picture is sent as its bytes. */
export const posterChangeSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("auto") }),
    z.strictObject({ kind: z.literal("proposal"), index: z.number().int().min(0).max(9) }),
    z.strictObject({ kind: z.literal("frame"), atMs: z.number().int().min(0) }),
  ])
  .meta({ id: "PosterChange" });
/** See `posterChangeSchema`. */
export type PosterChange = z.output<typeof posterChangeSchema>;
