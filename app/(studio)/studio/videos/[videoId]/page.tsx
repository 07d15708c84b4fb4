import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { EditorStart } from "#components/studio/editor/editor-start.tsx";
import { VideoEditor } from "#components/studio/editor/video-editor.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { listCaptions } from "#lib/captions/list-captions.ts";
import { getChapters } from "#lib/chapters/get-chapters.ts";
import { AppError } from "#lib/errors.ts";
import { listAudio } from "#lib/exports/list-audio.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { getSuggestedTags } from "#lib/labels/suggested-tags.ts";
import { listPlaybackTokens } from "#lib/playback/playback-tokens.ts";
import { getVideoSharing } from "#lib/sharing/video-sharing.ts";
import { videoCategories } from "#lib/videos/categories.ts";
import { listChannelsToMoveTo } from "#lib/videos/channel-to-move-to.ts";
import { getPoster } from "#lib/videos/get-poster.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { listWatermarks } from "#lib/watermarks/list-watermarks.ts";
import { getVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { creatorGate } from "../../creator-gate.tsx";

type Params = Promise<{ videoId: string }>;

/** The page's title; the video's own would name a private one to whoever asks. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("studio.editor");
  return { title: t("heading"), robots: { index: false } };
};

type Asked = { viewer: Account; videoId: string };

/** What the editor's parts begin with: asked for here, so that the page is drawn whole. */
const startOf = async (asked: Asked & { locale: Locale; channelId: string }): Promise<EditorStart> => {
  const [channels, poster, marks, watermark, captions, chapters, sounds, sharing, tokens, suggestions] =
    await Promise.all([
      listChannelsToMoveTo(asked),
      getPoster(asked),
      listWatermarks(asked),
      getVideoWatermark(asked),
      listCaptions(asked),
      getChapters(asked),
      listAudio(asked),
      getVideoSharing(asked),
      listPlaybackTokens({ ...asked, query: { limit: 20 } }),
      getSuggestedTags(asked),
    ]);
  return {
    ...{ channels, poster, marks, watermark, captions: captions.items, chapters, sounds: sounds.items },
    ...{ sharing, tokens, suggestions, categories: videoCategories },
  };
};

const editableVideo = async ({ viewer, videoId }: Asked) => {
  if (!idSchema.safeParse(videoId).success) notFound();
  const locale = (await getLocale()) === "uk" ? "uk" : "en";
  try {
    const video = await getVideo({ viewer, videoId, locale });
    if (!video.editable) notFound();
    return { video, start: await startOf({ viewer, videoId, locale, channelId: video.channel.id }) };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
};

/** Edits one video. What is not the caller's to edit is not found. */
export default async function EditVideoPage({ params }: { params: Params }) {
  const { videoId } = await params;
  return creatorGate({
    address: `/studio/videos/${videoId}`,
    draw: async (viewer) => {
      const { video, start } = await editableVideo({ viewer, videoId });
      return <VideoEditor key={video.id} first={video} start={start} />;
    },
  });
}
