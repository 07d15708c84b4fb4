import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { findSharedVideo, type SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { posterSize } from "#lib/media/stills/poster-plan.ts";
import { embedOptions } from "#lib/sharing/embed-options.ts";
import { isEmbeddable } from "#lib/sharing/embed-rights.ts";
import { type OembedAnswer, oembedAnswer } from "#lib/sharing/oembed.ts";
import { isTold, posterPath } from "#lib/sharing/shared-video.ts";

const side = z.coerce.number().int().min(1).max(10_000);

/** What a consumer of oEmbed asks (oembed.com, 2.2). What it sends besides is none of ours, and let through. */
export const oembedQuerySchema = z.object({
  url: z.string().max(2000).describe("Address of a watch page or an embed of this site."),
  maxwidth: side.default(1280),
  maxheight: side.default(720),
  format: z.enum(["json", "xml"]).default("json"),
});
/** See `oembedQuerySchema`. */
export type OembedQuery = z.output<typeof oembedQuerySchema>;

/** The video that an address of this site leads to, and where it begins; null for every other address. */
const videoOfAddress = (text: string, origin: string): { videoId: string; startSeconds: number } | null => {
  const url = URL.parse(text);
  // Behind a proxy that ends TLS we may see http where everybody else sees https.
  if (url === null || url.host !== new URL(origin).host || !/^https?:$/.test(url.protocol)) return null;
  const id = idSchema.safeParse(/^\/(?:watch|embed)\/([^/]+)\/?$/.exec(url.pathname)?.[1]);
  if (!id.success) return null;
  return { videoId: id.data, startSeconds: embedOptions(Object.fromEntries(url.searchParams)).startSeconds };
};

const posterOf = (row: SharedVideoRow) => {
  const path = posterPath(row);
  const { width, height } = row;
  return path === null || width === null || height === null ? null : { path, ...posterSize({ width, height }) };
};

/**
 * What oEmbed tells of a public video. Throws `not_found` for addresses that are none of ours and for whatever is not in
 * everybody's lists, without a difference, and `unauthenticated` for a public video that its owner closed to embeds: whoever asks
 * is to link to it instead, as 2.3.5 says of 401.
 */
export const getOembed = async ({ query, origin }: { query: OembedQuery; origin: string }): Promise<OembedAnswer> => {
  const asked = videoOfAddress(query.url, origin);
  const row = asked === null ? null : await findSharedVideo(db(), asked.videoId);
  if (asked === null || row === null || !isTold(row)) throw new AppError("not_found");
  if (!isEmbeddable(row)) {
    throw new AppError("unauthenticated", {
      message: "The owner of this video wants no embeds of it.",
      hint: "Link to its watch page instead.",
    });
  }
  const { id, title, width, height } = row;
  const channel = { handle: row.channelHandle, name: row.channelName };
  return oembedAnswer({
    video: { id, title, width, height, channel, poster: posterOf(row) },
    ...{ origin, maxWidth: query.maxwidth, maxHeight: query.maxheight, startSeconds: asked.startSeconds },
  });
};
