import type { Metadata } from "next";
import { headers } from "next/headers";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { EmbedNotice } from "#components/sharing/embed-notice.tsx";
import { EmbedStage } from "#components/sharing/embed-stage.tsx";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { type EmbedColor, embedOptions } from "#lib/sharing/embed-options.ts";
import { type Embed, openEmbed } from "#lib/sharing/open-embed.ts";
import { isAllowanceUsedUp } from "#lib/usage/is-allowance-used-up.ts";

type Props = {
  params: Promise<{ videoId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The bar lies on the picture, so that these are the same in both themes; null leaves it as it is everywhere. */
const colors: Record<EmbedColor, string | null> = {
  accent: null,
  success: "var(--player-success)",
  warning: "var(--player-warning)",
  danger: "var(--player-danger)",
  text: "var(--player-text)",
};

/** Whether the browser says that this page fills a frame; one that says nothing is believed. */
const isFramed = async (): Promise<boolean> => (await headers()).get("sec-fetch-dest") !== "document";

/** The embed, or its page of refusal. Sessions play no part: a frame of another site has none. */
const embedOf = cache(async (videoId: string, token: string | undefined): Promise<Embed> => {
  if (!idSchema.safeParse(videoId).success) notFound();
  const [locale, framed] = await Promise.all([getLocale(), isFramed()]);
  return openEmbed({ viewer: null, videoId, token, locale: locale === "uk" ? "uk" : "en", framed }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      if (error instanceof AppError && error.code === "forbidden") forbidden();
      throw error;
    },
  );
});

const asked = async ({ params, searchParams }: Props) => {
  const [{ videoId }, search] = await Promise.all([params, searchParams]);
  const token = typeof search.token === "string" ? search.token : undefined;
  return { videoId, search, token, embed: await embedOf(videoId, token) };
};

/** The watch page is what search engines show. */
export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const { videoId, embed } = await asked(props);
  return {
    ...(embed.state === "plays" ? { title: embed.video.title } : {}),
    alternates: { canonical: `/watch/${videoId}` },
    robots: { index: false },
  };
};

const Refusal = async ({ reason, videoId }: { reason: "closed" | "unframed" | "allowance"; videoId: string }) => {
  const t = await getTranslations("sharing.embed");
  return (
    <EmbedNotice title={t(`${reason}.title`)} text={t(`${reason}.text`)}>
      {reason === "unframed" ? null : (
        <a href={`/watch/${videoId}`} target="_blank" rel="noopener" className="mt-3 rounded-control text-14 underline">
          {t("watchHere")}
        </a>
      )}
    </EmbedNotice>
  );
};

/** A video for other sites' pages: the player over the whole frame, with what its address asks for. */
export default async function EmbedPage(props: Props) {
  const { videoId, search, token, embed } = await asked(props);
  if (embed.state !== "plays") return <Refusal reason={embed.state} videoId={videoId} />;
  if (await isAllowanceUsedUp(embed.video.id)) return <Refusal reason="allowance" videoId={videoId} />;
  const { startSeconds, autoplay, color, ...wishes } = embedOptions(search);
  return (
    <EmbedStage
      video={embed.video}
      watchUrl={token === undefined ? `/watch/${embed.video.id}` : null}
      startSeconds={startSeconds}
      autoplay={autoplay}
      wishes={wishes}
      color={colors[color]}
    />
  );
}
