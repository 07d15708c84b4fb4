import { z } from "zod";
import { usernameSchema } from "#lib/accounts/dto.ts";
import { idSchema } from "#lib/ids.ts";
import { channelRefSchema } from "#lib/videos/dto.ts";

/** What a member may do on a channel. */
export const memberRoleSchema = z.enum(["owner", "editor"]);

/** A channel as everyone sees it. */
export const channelSchema = channelRefSchema
  .extend({
    description: z.string(),
    createdAt: z.iso.datetime(),
    role: memberRoleSchema.nullable().describe("What the caller may do here: null for everybody who is no member."),
  })
  .meta({ id: "Channel" });
/** See `channelSchema`. */
export type ChannelDto = z.output<typeof channelSchema>;

/** Somebody as everybody sees them on the channel that is their own. */
export const channelPersonSchema = z
  .object({
    displayName: z.string(),
    bio: z.string().describe("Plain text; empty for none."),
    avatarUrl: z.string().nullable().describe("Null without a picture."),
  })
  .meta({ id: "ChannelPerson" });
/** See `channelPersonSchema`. */
export type ChannelPersonDto = z.output<typeof channelPersonSchema>;

/** A channel as its own address gives it. */
export const shownChannelSchema = channelSchema
  .extend({
    person: channelPersonSchema
      .nullable()
      .describe("Whose own channel it is: the one that came with the account. Null for channels that were made later."),
  })
  .meta({ id: "ShownChannel" });
/** See `shownChannelSchema`. */
export type ShownChannelDto = z.output<typeof shownChannelSchema>;

/** The channels on which the caller works. */
export const channelListSchema = z.object({ items: z.array(channelSchema) }).meta({ id: "ChannelList" });
/** See `channelListSchema`. */
export type ChannelListDto = z.output<typeof channelListSchema>;

const nameSchema = z.string().trim().min(1).max(60);
const descriptionSchema = z.string().trim().max(2000);

/** What makes a channel. */
export const newChannelSchema = z
  .strictObject({
    handle: z.string().trim().pipe(usernameSchema),
    name: nameSchema,
    description: descriptionSchema.default(""),
  })
  .meta({ id: "NewChannel" });
/** See `newChannelSchema`. */
export type NewChannel = z.output<typeof newChannelSchema>;

/** What may be changed of a channel. */
export const channelPatchSchema = z
  .strictObject({
    handle: z.string().trim().pipe(usernameSchema).optional(),
    name: nameSchema.optional(),
    description: descriptionSchema.optional(),
  })
  .meta({ id: "ChannelPatch" });
/** See `channelPatchSchema`. */
export type ChannelPatch = z.output<typeof channelPatchSchema>;

/** Somebody who works on a channel. */
export const memberSchema = z
  .object({
    userId: idSchema,
    username: z.string(),
    displayName: z.string(),
    bio: z.string(),
    avatarUrl: z.string().nullable().describe("Null without a picture."),
    role: memberRoleSchema,
    isFounder: z
      .boolean()
      .describe("The account that made the channel: its storage counts there, and it stays a member."),
    since: z.iso.datetime(),
  })
  .meta({ id: "Member" });
/** Who works on a channel, the longest-standing first. */
export const memberListSchema = z.object({ items: z.array(memberSchema) }).meta({ id: "MemberList" });
/** See `memberListSchema`. */
export type MemberListDto = z.output<typeof memberListSchema>;

/** What may be changed of a member. */
export const memberPatchSchema = z.strictObject({ role: memberRoleSchema }).meta({ id: "MemberPatch" });

/** An open invitation as the channel's owners see it. */
export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role: memberRoleSchema,
    expiresAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Invitation" });
/** See `invitationSchema`. */
export type InvitationDto = z.output<typeof invitationSchema>;

/** A channel's open invitations, newest first. */
export const invitationListSchema = z.object({ items: z.array(invitationSchema) }).meta({ id: "InvitationList" });
/** See `invitationListSchema`. */
export type InvitationListDto = z.output<typeof invitationListSchema>;

/** Whom to invite as what. */
export const newInvitationSchema = z
  .strictObject({
    email: z.string().trim().pipe(z.email().max(254)),
    role: memberRoleSchema,
  })
  .meta({ id: "NewInvitation" });
/** See `newInvitationSchema`. */
export type NewInvitation = z.output<typeof newInvitationSchema>;

/** An invitation as the invited person sees it. */
export const receivedInvitationSchema = z
  .object({
    id: idSchema,
    channel: channelRefSchema,
    role: memberRoleSchema,
    invitedBy: z.string().describe("Name of whoever invited."),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "ReceivedInvitation" });
/** See `receivedInvitationSchema`. */
export type ReceivedInvitationDto = z.output<typeof receivedInvitationSchema>;

/** The caller's open invitations, newest first. */
export const receivedInvitationListSchema = z
  .object({ items: z.array(receivedInvitationSchema) })
  .meta({ id: "ReceivedInvitationList" });
/** See `receivedInvitationListSchema`. */
export type ReceivedInvitationListDto = z.output<typeof receivedInvitationListSchema>;

/** What was decided about an invitation. */
export const invitationAnswerSchema = z
  .strictObject({ answer: z.enum(["accept", "decline"]) })
  .meta({ id: "InvitationAnswer" });

/** Which of the caller's channels is meant; absent: the first. */
export const channelOfQuery = z.strictObject({ channelId: idSchema.optional() });
