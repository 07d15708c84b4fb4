import { apiRequest } from "#lib/api-client/request.ts";
import type { ChannelDto, ChannelPatch, InvitationDto, NewInvitation } from "#lib/channels/dto.ts";

const at = (handle: string) => `/channels/${encodeURIComponent(handle)}`;

/** What the form of a new channel sends. */
export type NewChannelForm = { handle: string; name: string };
/** What a member may do on a channel. */
export type MemberRole = NewInvitation["role"];

/** Makes a channel. Throws `ApiError` with `fields`. */
export const createChannel = (channel: NewChannelForm): Promise<ChannelDto> =>
  apiRequest({ path: "/channels", method: "POST", body: channel });

/** Changes a channel's texts or its handle. Throws `ApiError` with `fields`. */
export const editChannel = ({ handle, patch }: { handle: string; patch: ChannelPatch }): Promise<ChannelDto> =>
  apiRequest({ path: at(handle), method: "PATCH", body: patch });

/** Deletes an empty channel. Throws `ApiError` (`conflict` while it holds videos or is the last one). */
export const deleteChannel = (handle: string): Promise<void> => apiRequest({ path: at(handle), method: "DELETE" });

/** Makes a member owner or editor. Throws `ApiError`. */
export const changeMember = (input: { handle: string; userId: string; role: MemberRole }): Promise<unknown> =>
  apiRequest({ path: `${at(input.handle)}/members/${input.userId}`, method: "PATCH", body: { role: input.role } });

/** Takes a member off a channel. Throws `ApiError`. */
export const removeMember = (input: { handle: string; userId: string }): Promise<void> =>
  apiRequest({ path: `${at(input.handle)}/members/${input.userId}`, method: "DELETE" });

/** Invites somebody by mail. Throws `ApiError` with `fields`. */
export const invite = ({ handle, ...body }: NewInvitation & { handle: string }): Promise<InvitationDto> =>
  apiRequest({ path: `${at(handle)}/invitations`, method: "POST", body });

/** Takes an open invitation back. Throws `ApiError`. */
export const revokeInvitation = (input: { handle: string; invitationId: string }): Promise<void> =>
  apiRequest({ path: `${at(input.handle)}/invitations/${input.invitationId}`, method: "DELETE" });

/** Accepts or declines an invitation. Throws `ApiError`. */
export const answerInvitation = (input: { invitation: string; answer: "accept" | "decline" }): Promise<ChannelDto> =>
  apiRequest({
    path: `/me/invitations/${encodeURIComponent(input.invitation)}`,
    method: "POST",
    body: { answer: input.answer },
  });
