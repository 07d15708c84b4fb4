"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "#components/channels/confirm-button.tsx";
import { useDeed } from "#components/channels/use-deed.ts";
import { deleteChannel, removeMember } from "#lib/api-client/channels.ts";
import type { ChannelDto } from "#lib/channels/dto.ts";

const list = "/settings/channels";

/** Takes the person off a channel that somebody else founded. */
export const LeaveChannel = ({ channel, userId }: { channel: ChannelDto; userId: string }) => {
  const t = useTranslations("channels");
  const { busy, perform } = useDeed();
  const { handle, name } = channel;
  return (
    <ConfirmButton
      label={t("leave")}
      title={t("leaveTitle", { name })}
      text={t("leaveText")}
      busy={busy}
      onConfirm={() => perform({ deed: () => removeMember({ handle, userId }), done: t("left", { name }), goTo: list })}
    />
  );
};

/** Deletes an empty channel. */
export const DeleteChannel = ({ channel }: { channel: ChannelDto }) => {
  const t = useTranslations("channels");
  const { busy, perform } = useDeed();
  const { handle, name } = channel;
  return (
    <ConfirmButton
      label={t("danger")}
      title={t("deleteTitle", { name })}
      text={t("deleteText")}
      busy={busy}
      onConfirm={() => perform({ deed: () => deleteChannel(handle), done: t("deleted", { name }), goTo: list })}
    />
  );
};
