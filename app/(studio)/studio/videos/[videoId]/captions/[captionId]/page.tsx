import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CaptionEditor } from "#components/studio/captions/caption-editor.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { listCaptions } from "#lib/captions/list-captions.ts";
import { readScript } from "#lib/captions/script/read-script.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { creatorGate } from "../../../../creator-gate.tsx";

type Params = Promise<{ videoId: string; captionId: string }>;

/** The page's title; the video's own would name a private one to whoever asks. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("caption-editor");
  return { title: t("pageTitle"), robots: { index: false } };
};

type Asked = { viewer: Account; videoId: string; captionId: string };

/** A file that cannot be read in this time will not be. */
const patienceMs = 30_000;

const read = async (asked: Asked) => {
  const { viewer, videoId, captionId } = asked;
  if (!idSchema.safeParse(videoId).success || !idSchema.safeParse(captionId).success) notFound();
  try {
    const [video, list, start] = await Promise.all([
      getVideo({ viewer, videoId }),
      listCaptions({ viewer, videoId }),
      readScript({ ...asked, signal: AbortSignal.timeout(patienceMs) }),
    ]);
    const caption = list.items.find(({ id }) => id === captionId);
    if (caption === undefined) notFound();
    return { video, caption, start };
  } catch (error) {
    // To whoever may only watch, there is no editor.
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) notFound();
    throw error;
  }
};

/** Edits the captions of one track. What is not the caller's to edit is not found. */
export default async function EditCaptionsPage({ params }: { params: Params }) {
  const { videoId, captionId } = await params;
  return creatorGate({
    address: `/studio/videos/${videoId}/captions/${captionId}`,
    draw: async (viewer) => {
      const { video, caption, start } = await read({ viewer, videoId, captionId });
      return <CaptionEditor key={caption.id} {...{ video, caption, start }} />;
    },
  });
}
