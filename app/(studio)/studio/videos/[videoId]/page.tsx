import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { VideoEditor } from "#components/studio/editor/video-editor.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { creatorGate } from "../../creator-gate.tsx";

type Params = Promise<{ videoId: string }>;

/** The page's title; the video's own would name a private one to whoever asks. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("studio.editor");
  return { title: t("heading"), robots: { index: false } };
};

const editableVideo = async ({ viewer, videoId }: { viewer: Account; videoId: string }) => {
  if (!idSchema.safeParse(videoId).success) notFound();
  try {
    const locale = await getLocale();
    const video = await getVideo({ viewer, videoId, locale: locale === "uk" ? "uk" : "en" });
    return video.editable ? video : notFound();
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
      const video = await editableVideo({ viewer, videoId });
      return <VideoEditor key={video.id} first={video} />;
    },
  });
}
