import { forbidden, notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { type PageFacts, pageFacts } from "#lib/sharing/page-facts.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { openVideo } from "#lib/videos/get-video.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** A video that whoever asks may watch on this page, with what others are told of it. */
export type OpenedPage = { video: VideoDto; facts: PageFacts };

const opened = cache(async (videoId: string, token: string | undefined): Promise<OpenedPage> => {
  if (!idSchema.safeParse(videoId).success) notFound();
  const [viewer, locale] = await Promise.all([currentViewer(), getLocale()]);
  const asked = { viewer, videoId, token, locale: locale === "uk" ? ("uk" as const) : ("en" as const) };
  const { video, grant } = await openVideo(asked).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    if (error instanceof AppError && error.code === "forbidden") forbidden();
    throw error;
  });
  // A token for other sites' pages opens embeds there and nothing else.
  if (grant !== null && grant.sites.length > 0) forbidden();
  return { video, facts: await pageFacts(video) };
});

/** The props of a page about one video. */
export type WatchProps = {
  params: Promise<{ videoId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/**
 * The video of a page, by the viewer's right or the address's playback token; the not-found page for what there is not and
 * what the asker may not see alike, and the page of refusal for a token that opens nothing. Looked up once per render.
 */
export const openedPage = async ({ params, searchParams }: WatchProps): Promise<OpenedPage> => {
  const [{ videoId }, { token }] = await Promise.all([params, searchParams]);
  return opened(videoId, typeof token === "string" ? token : undefined);
};
