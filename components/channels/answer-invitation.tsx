"use client";

import { useTranslations } from "next-intl";
import { useDeed } from "#components/channels/use-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { answerInvitation } from "#lib/api-client/channels.ts";

/** Accepts or declines an invitation; `invitation` is its id or the secret of its mail. */
export const AnswerInvitation = ({
  invitation,
  channel,
  size = "medium",
}: {
  invitation: string;
  channel: { handle: string; name: string };
  size?: "medium" | "small";
}) => {
  const t = useTranslations("channels.invitation");
  const { busy, perform } = useDeed();
  const accept = () =>
    perform({
      deed: () => answerInvitation({ invitation, answer: "accept" }),
      done: t("accepted", { channel: channel.name }),
      goTo: `/settings/channels/${encodeURIComponent(channel.handle)}`,
    });
  const decline = () =>
    perform({
      deed: () => answerInvitation({ invitation, answer: "decline" }),
      done: t("declined"),
      goTo: "/settings/channels",
    });
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" size={size} busy={busy} onClick={() => void accept()}>
        {t("accept")}
      </Button>
      <Button size={size} busy={busy} onClick={() => void decline()}>
        {t("decline")}
      </Button>
    </div>
  );
};
