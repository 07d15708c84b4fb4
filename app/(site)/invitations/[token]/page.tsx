import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { AnswerInvitation } from "#components/channels/answer-invitation.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { getInvitation } from "#lib/channels/answer-invitation.ts";
import { AppError } from "#lib/errors.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { SiteShell } from "../../site-shell.tsx";

type Props = { params: Promise<{ token: string }> };

/** The page's title; the address holds a secret, so it leaves no trace elsewhere. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("channels.invitation");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
};

const readInvitation = async ({ viewer, token }: { viewer: Account; token: string }) => {
  try {
    return await getInvitation({ viewer, invitation: token });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return "gone";
    if (error instanceof AppError && error.code === "forbidden") return "other";
    throw error;
  }
};

const NoInvitation = async ({ why }: { why: "gone" | "other" }) => {
  const t = await getTranslations("channels.invitation");
  return (
    <EmptyState
      heading="h1"
      title={t(`${why}Title`)}
      text={t(`${why}Text`)}
      action={
        <Link href="/" className={buttonClass()}>
          {t("home")}
        </Link>
      }
    />
  );
};

const InvitationCard = async ({ viewer, token }: { viewer: Account; token: string }) => {
  const [invitation, t, format] = await Promise.all([
    readInvitation({ viewer, token }),
    getTranslations("channels.invitation"),
    getFormatter(),
  ]);
  if (typeof invitation === "string") return <NoInvitation why={invitation} />;
  const { channel, role, invitedBy, expiresAt } = invitation;
  const names = { channel: channel.name, inviter: invitedBy };
  return (
    <div className="mx-auto flex w-full max-w-[480px] flex-col gap-4 px-4 py-16">
      <h1 className="text-28 font-bold text-balance">{t("heading", names)}</h1>
      <p className="text-15 text-pretty text-muted">{t(role, names)}</p>
      <p className="text-13 text-muted">
        {t("until", { date: format.dateTime(new Date(expiresAt), { dateStyle: "long" }) })}
      </p>
      <AnswerInvitation invitation={token} channel={channel} />
    </div>
  );
};

/** Where the mail of an invitation leads. Whoever is not signed in does so, and comes back. */
export default async function InvitationPage({ params }: Props) {
  const token = decodeURIComponent((await params).token);
  const viewer = await currentViewer();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(`/invitations/${token}`)}`);
  return (
    <SiteShell rail="none" namespaces={["channels"]}>
      <InvitationCard viewer={viewer} token={token} />
    </SiteShell>
  );
}
