import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { formatBytes } from "#components/studio/studio-format.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { getDownload } from "#lib/playback/download-asset.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

type Props = { params: Promise<{ assetId: string }> };

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("notifications.download");
  return { title: t("title"), robots: { index: false } };
};

/** A file of one's own, as a mail names it: signed out, one comes here by the log-in. */
export default async function DownloadPage({ params }: Props) {
  const { assetId } = await params;
  if (!idSchema.safeParse(assetId).success) notFound();
  const viewer = await currentViewer();
  if (viewer === null) redirect(`/login?${new URLSearchParams({ next: `/download/${assetId}` })}`);
  const [file, t, locale] = await Promise.all([
    getDownload({ viewer, assetId }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    getTranslations("notifications.download"),
    getLocale(),
  ]);
  const { filename, sizeBytes, videoId, url } = file;
  const size = formatBytes({ bytes: sizeBytes, locale: locale === "uk" ? "uk" : "en" });
  return (
    <AuthPanel
      title={t("title")}
      footer={
        videoId === null ? undefined : (
          <Link href={`/studio/videos/${videoId}`} className="font-medium text-ink underline underline-offset-3">
            {t("video")}
          </Link>
        )
      }
    >
      <p className="text-15 font-medium wrap-anywhere">{filename}</p>
      <p className="mt-0.5 text-14 text-muted">{size}</p>
      <a href={url} download className={buttonClass({ variant: "primary", className: "mt-5 h-10" })}>
        <Download aria-hidden strokeWidth={1.75} />
        {t("download")}
      </a>
    </AuthPanel>
  );
}
