import { createHash, randomBytes } from "node:crypto";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import type { InvitationDto, InvitationListDto, NewInvitation } from "#lib/channels/dto.ts";
import { holdChannel, requireOwnership } from "#lib/channels/policy.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { findUserByEmail } from "#lib/db/queries/accounts/users.ts";
import { findMemberRole } from "#lib/db/queries/channels/channel-members.ts";
import {
  countWrittenInvitations,
  endInvitation,
  type InvitationRow,
  listOpenInvitations,
  replaceInvitation,
} from "#lib/db/queries/channels/invitations.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";

type Asked = { viewer: Viewer; handle: string };

/** Days in which an invitation can be answered. */
const validDays = 14;
/** More open invitations than this are mail that nobody asked for. */
const maxOpen = 20;
/** Each one is a mail with words of its writer's to whom they like: so many a day, and so many to one address. */
const mostPerDay = { all: 50, toAddress: 3 } as const;
const daySeconds = 86_400;

/** How the secret of an invitation is stored: whoever reads the table cannot use it. */
export const hashInvitationToken = (token: string): string => createHash("sha256").update(token).digest("hex");

const toDto = ({ id, email, role, expiresAt, createdAt }: InvitationRow): InvitationDto => ({
  ...{ id, email, role },
  expiresAt: expiresAt.toISOString(),
  createdAt: createdAt.toISOString(),
});

const refuseMember = async (tx: Tx, { channelId, email }: { channelId: string; email: string }) => {
  const user = await findUserByEmail(tx, email);
  if (user !== null && (await findMemberRole(tx, { channelId, userId: user.id })) !== null) {
    throw new AppError("conflict", {
      message: "This person works on the channel already.",
      fields: { email: "member" },
    });
  }
  return user;
};

/** Revoked and replaced ones count: their mails were sent all the same. */
const refuseTooMany = async (
  tx: Tx,
  { account, channelId, email }: Record<"channelId" | "email", string> & { account: Account },
) => {
  const open = await listOpenInvitations(tx, channelId);
  if (open.filter((other) => other.email.toLowerCase() !== email.toLowerCase()).length >= maxOpen) {
    throw new AppError("conflict", { message: "Too many invitations are open.", hint: "Revoke some, or wait." });
  }
  if (!env().rateLimits) return;
  const written = await countWrittenInvitations(tx, { invitedBy: account.id, email, seconds: daySeconds });
  if (written.all < mostPerDay.all && written.toAddress < mostPerDay.toAddress) return;
  throw new AppError("rate_limited", {
    message: "You wrote too many invitations today.",
    retryAfterSeconds: daySeconds,
  });
};

/**
 * Invites the reader of an address's mail to work on a channel; an open invitation of the same address is replaced. Whether
 * an account has that address is told to nobody but its holder. Throws `unauthenticated`, `not_found`, `forbidden` for all
 * but owners, `conflict` for members and when too many are open, and `rate_limited`.
 */
export const invite = ({
  invitation: { email, role },
  locale = defaultLocale,
  ...asked
}: Asked & { invitation: NewInvitation; locale?: Locale }): Promise<InvitationDto> =>
  transaction(async (tx) => {
    // Held, so that two invitations of one address, and one too many, do not pass side by side.
    const { account, channel } = await holdChannel(tx, { ...asked, as: "owner" });
    const user = await refuseMember(tx, { channelId: channel.id, email });
    await refuseTooMany(tx, { account, channelId: channel.id, email });
    const [id, token] = [newId(), randomBytes(32).toString("base64url")];
    const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + validDays * 86_400_000)];
    const row = { id, channelId: channel.id, email, role, invitedBy: account.id, createdAt, expiresAt };
    await replaceInvitation(tx, { ...row, tokenHash: hashInvitationToken(token) });
    await queueMail(tx, {
      userId: user?.id ?? null,
      toAddress: email,
      locale: user?.locale ?? locale,
      kind: "channel_invitation",
      data: {
        inviter: account.displayName,
        channel: channel.name,
        role,
        path: `/invitations/${token}`,
        days: validDays,
      },
    });
    // Anybody can take an address: only who has confirmed it is told in the site.
    if (user !== null && user.emailVerifiedAt !== null) {
      const data = { channel: channel.name, handle: channel.handle, role, inviter: account.displayName };
      await recordEvent(tx, {
        type: "channel.invitation",
        userId: user.id,
        channelId: channel.id,
        data,
        dedupeKey: id,
      });
    }
    const details = { email, role };
    await auditChannel(tx, { actorId: account.id, channelId: channel.id, action: "channel.invite", details });
    return toDto({ ...row, tokenHash: "", state: "open", endedAt: null });
  });

/** A channel's open invitations. Throws `unauthenticated`, `not_found`, and `forbidden` for all but owners. */
export const listInvitations = async (asked: Asked): Promise<InvitationListDto> => {
  const { channel } = await requireOwnership(db(), asked);
  return { items: (await listOpenInvitations(db(), channel.id)).map(toDto) };
};

/** Takes an open invitation back. Throws `unauthenticated`, `not_found`, and `forbidden` for all but owners. */
export const revokeInvitation = ({ invitationId, ...asked }: Asked & { invitationId: string }): Promise<void> =>
  transaction(async (tx) => {
    const { account, channel } = await requireOwnership(tx, asked);
    const ended = await endInvitation(tx, { channelId: channel.id, invitationId, state: "revoked" });
    if (ended === null) throw new AppError("not_found");
    const details = { email: ended.email };
    await auditChannel(tx, {
      actorId: account.id,
      channelId: channel.id,
      action: "channel.revoke_invitation",
      details,
    });
  });
