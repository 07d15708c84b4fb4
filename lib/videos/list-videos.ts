import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import {
  findVideoPage,
  type VideoFilter,
  type VideoPosition,
  type VideoSort,
  videoSorts,
} from "#lib/db/queries/videos/video-lists.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

/** What a list of videos may be asked for. */
export const videoQuerySchema = z.strictObject({
  channel: z.string().min(1).max(100).optional().describe("Handle or id of a channel."),
  mine: z.stringbool().optional().describe("All of the caller's own videos, whatever their state and visibility."),
  q: z
    .string()
    .max(200)
    .optional()
    .describe("A part of the title; without three letters or digits in a row the beginning of one of its words."),
  sort: z
    .enum(videoSorts)
    .default("newest")
    .describe(
      "`newest` and `oldest` by publication, with `mine` by creation; `trending` by views that weigh half every two days, `popular` by all views.",
    ),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
/** See `videoQuerySchema`. */
export type VideoQuery = z.output<typeof videoQuerySchema>;

/** Who lists what. */
export type ListVideos = { viewer: Viewer; query?: Partial<VideoQuery>; locale?: Locale | undefined };

// Within what PostgreSQL takes for an instant; dates of JavaScript reach further.
const publicationSchema = z
  .string()
  .transform((text) => new Date(text))
  .pipe(z.date().min(new Date(0)).max(new Date("9999-12-31T23:59:59.999Z")))
  .nullable();
const scoreSchema = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const viewsSchema = scoreSchema.int();

const measureOf = (row: VideoRow, sort: VideoSort): number | null =>
  sort === "trending" ? row.trendScore : sort === "popular" ? row.viewCount : null;

const encodeCursor = (row: VideoRow, sort: VideoSort): string => {
  const value = measureOf(row, sort) ?? row.publishedAt?.toISOString() ?? null;
  return Buffer.from(JSON.stringify([value, row.id])).toString("base64url");
};

const decodeCursor = (
  cursor: string,
  { sort, publicOnly }: { sort: VideoSort; publicOnly: boolean },
): VideoPosition => {
  const refused = (cause?: unknown) =>
    new AppError("invalid_input", { fields: { cursor: "cursor_unknown" }, ...(cause === undefined ? {} : { cause }) });
  const valueSchema = sort === "trending" ? scoreSchema : sort === "popular" ? viewsSchema : publicationSchema;
  const schema = z.tuple([valueSchema, idSchema]);
  let parsed: ReturnType<typeof schema.safeParse>;
  try {
    parsed = schema.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (error) {
    throw refused(error);
  }
  if (!parsed.success) throw refused(parsed.error);
  const [value, id] = parsed.data;
  if (publicOnly && value === null) throw refused();
  return { value, id };
};

/**
 * A page of videos: the public and ready ones, or with `mine` all of the viewer's own that are not deleted. Private,
 * unlisted, unfinished and deleted videos of others are never in it. Throws `unauthenticated` for `mine` without an
 * account and `invalid_input` for a cursor that is not ours.
 */
export const listVideos = async ({ viewer, query = {}, locale }: ListVideos): Promise<VideoPageDto> => {
  const { channel, mine = false, q = "", sort = "newest", cursor, limit = 20 } = query;
  if (mine && viewer === null) throw new AppError("unauthenticated");
  const filter: VideoFilter = {
    memberId: mine ? viewer?.id : undefined,
    publicOnly: !mine,
    channel,
    titleContains: q.trim() === "" ? undefined : q.trim(),
    sort,
    after: cursor === undefined ? undefined : decodeCursor(cursor, { sort, publicOnly: !mine }),
    limit: limit + 1,
  };
  const { rows, parts } = await findVideoPage(db(), filter);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await toVideoDtos(db(), page, { viewer, locale, parts }),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last, sort) : null,
  };
};
