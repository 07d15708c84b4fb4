import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { UnsubscribeForm } from "#components/notifications/unsubscribe-form.tsx";
import { AppError } from "#lib/errors.ts";
import { readUnsubscription } from "#lib/notifications/notification-settings.ts";

type Props = { params: Promise<{ token: string }> };

/** The page's title; the address is a right of its own, so it goes nowhere else. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("notifications.unsubscribe");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
};

/** Asks whether a kind of mail shall stop. Looking at it changes nothing, because mail scanners look at every address. */
export default async function UnsubscribePage({ params }: Props) {
  const token = decodeURIComponent((await params).token);
  const [{ type, off }, t] = await Promise.all([
    readUnsubscription(token).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    getTranslations("notifications.choices.kinds"),
  ]);
  return <UnsubscribeForm token={token} kind={t(`${type.replaceAll(".", "_")}.label`)} off={off} />;
}
