import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelForm } from "#components/channels/channel-form.tsx";
import { InviteForm } from "#components/channels/invite-form.tsx";
import { DeleteChannel, LeaveChannel } from "#components/channels/leave-or-delete.tsx";
import { MemberList } from "#components/channels/member-list.tsx";
import { OpenInvitations } from "#components/channels/open-invitations.tsx";
import { HiddenPeople } from "#components/comments/hidden-people.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { ChannelEmbedding } from "#components/sharing/channel-embedding.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { listInvitations } from "#lib/channels/invite.ts";
import { listMembers } from "#lib/channels/members.ts";
import { getChannel, mayManageChannel } from "#lib/channels/read-channels.ts";
import { readHiddenPeople } from "#lib/comments/moderate.ts";
import { AppError } from "#lib/errors.ts";
import { getChannelSharing } from "#lib/sharing/channel-sharing.ts";
import { accountGate } from "../../account-gate.ts";

type Props = { params: Promise<{ handle: string }> };

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("channels");
  return { title: t("title"), robots: { index: false } };
};

/** All that the page shows; nothing is there for those who do not work on the channel. */
const readChannel = async ({ viewer, handle }: { viewer: Account; handle: string }) => {
  try {
    const asked = { viewer, handle };
    const [channel, members, mayDecide, hidden] = await Promise.all([
      getChannel(asked),
      listMembers(asked),
      mayManageChannel(asked),
      readHiddenPeople(asked),
    ]);
    const invitations = mayDecide ? (await listInvitations(asked)).items : [];
    const sharing = mayDecide ? await getChannelSharing(asked) : null;
    return { channel, members: members.items, mayDecide, invitations, sharing, hidden: hidden.items };
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) notFound();
    throw error;
  }
};

/** One channel: its texts, who works on it, and its end. */
export default async function ChannelSettingsPage({ params }: Props) {
  const handle = decodeURIComponent((await params).handle);
  const viewer = await accountGate(`/settings/channels/${encodeURIComponent(handle)}`);
  const [{ channel, members, mayDecide, invitations, sharing, hidden }, t, words, people] = await Promise.all([
    readChannel({ viewer, handle }),
    getTranslations("channels"),
    getTranslations("sharing.embedding"),
    getTranslations("people.hidden"),
  ]);
  const isFounder = members.some((member) => member.isFounder && member.userId === viewer.id);
  const isMember = members.some((member) => member.userId === viewer.id);
  return (
    <SettingsPage title={channel.name} text={`@${channel.handle}`}>
      <SettingsBlock
        title={t("about")}
        action={
          <Link href={`/@${channel.handle}`} className={buttonClass()}>
            {t("view")}
          </Link>
        }
      >
        {mayDecide ? (
          <ChannelForm key={channel.handle} channel={channel} />
        ) : (
          <p className="text-15 whitespace-pre-line">{channel.description}</p>
        )}
      </SettingsBlock>
      <SettingsBlock title={t("members")} text={t("membersText")}>
        <MemberList handle={channel.handle} members={members} mayDecide={mayDecide} />
        {mayDecide ? <OpenInvitations handle={channel.handle} invitations={invitations} /> : null}
      </SettingsBlock>
      {mayDecide ? (
        <SettingsBlock title={t("invite")}>
          <InviteForm handle={channel.handle} />
        </SettingsBlock>
      ) : null}
      {hidden.length === 0 ? null : (
        <SettingsBlock title={people("title")} text={people("text")}>
          <HiddenPeople handle={channel.handle} people={hidden} />
        </SettingsBlock>
      )}
      {sharing === null ? null : (
        <SettingsBlock title={words("title")} text={words("text")}>
          <ChannelEmbedding key={channel.handle} handle={channel.handle} first={sharing} />
        </SettingsBlock>
      )}
      {isMember && !isFounder ? (
        <SettingsBlock title={t("leave")} text={t("leaveText")}>
          <div>
            <LeaveChannel channel={channel} userId={viewer.id} />
          </div>
        </SettingsBlock>
      ) : null}
      {mayDecide ? (
        <SettingsBlock title={t("danger")} text={t("dangerText")}>
          <div>
            <DeleteChannel channel={channel} />
          </div>
        </SettingsBlock>
      ) : null}
    </SettingsPage>
  );
}
