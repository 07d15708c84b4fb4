import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AnswerInvitation } from "#components/channels/answer-invitation.tsx";
import { NewChannel } from "#components/channels/new-channel.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { listMyInvitations } from "#lib/channels/answer-invitation.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("channels");
  return { title: t("title"), robots: { index: false } };
};

/** The channels on which the account works, and invitations to others. */
export default async function ChannelsPage() {
  const viewer = await accountGate("/settings/channels");
  const [channels, invitations, t] = await Promise.all([
    listOwnChannels(viewer),
    listMyInvitations(viewer),
    getTranslations("channels"),
  ]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      {invitations.items.length === 0 ? null : (
        <SettingsBlock title={t("invitationsTitle")}>
          <ul className="flex flex-col divide-y divide-line">
            {invitations.items.map(({ id, channel, invitedBy, role }) => (
              <li key={id} className="flex flex-wrap items-center gap-3 py-2.5 first:pt-0">
                <div className="min-w-0 flex-1 basis-48">
                  <p className="truncate text-15 font-medium">{channel.name}</p>
                  <p className="text-13 text-muted">
                    {t("invitationLine", { inviter: invitedBy, role: t(`asRole.${role}`) })}
                  </p>
                </div>
                <AnswerInvitation invitation={id} channel={channel} size="small" />
              </li>
            ))}
          </ul>
        </SettingsBlock>
      )}
      <SettingsBlock title={t("section")} action={viewer.role === "viewer" ? undefined : <NewChannel />}>
        <ul className="-mx-3 flex flex-col">
          {channels.items.map(({ id, name, handle, role }) => (
            <li key={id}>
              <Link
                href={`/settings/channels/${encodeURIComponent(handle)}`}
                className="flex items-center gap-3 rounded-control px-3 py-2.5 transition-colors hover:bg-raised"
              >
                <Avatar name={name} size={40} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-15 font-medium">{name}</span>
                  <span className="block truncate text-13 text-muted">@{handle}</span>
                </span>
                <span className="text-14 text-muted">{role === null ? null : t(`role.${role}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </SettingsBlock>
    </SettingsPage>
  );
}
