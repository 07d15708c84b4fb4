"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useDeed } from "#components/channels/use-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { revokeInvitation } from "#lib/api-client/channels.ts";
import type { InvitationDto } from "#lib/channels/dto.ts";

const OpenInvitation = ({ handle, invitation }: { handle: string; invitation: InvitationDto }) => {
  const t = useTranslations("channels");
  const format = useFormatter();
  const { busy, perform } = useDeed();
  const { id: invitationId, email, role, expiresAt } = invitation;
  const date = format.dateTime(new Date(expiresAt), { dateStyle: "medium" });
  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5 first:pt-0">
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate text-15">{email}</p>
        <p className="text-13 text-muted">{t("openText", { role: t(`asRole.${role}`), date })}</p>
      </div>
      <Button
        size="small"
        busy={busy}
        aria-label={t("revokeNamed", { email })}
        onClick={() => void perform({ deed: () => revokeInvitation({ handle, invitationId }), done: t("revoked") })}
      >
        {t("revoke")}
      </Button>
    </li>
  );
};

/** Invitations that nobody has answered yet. */
export const OpenInvitations = ({ handle, invitations }: { handle: string; invitations: readonly InvitationDto[] }) => {
  const t = useTranslations("channels");
  if (invitations.length === 0) return null;
  return (
    <div>
      <h3 className="mb-3 text-14 font-medium">{t("open")}</h3>
      <ul className="flex flex-col divide-y divide-line">
        {invitations.map((invitation) => (
          <OpenInvitation key={invitation.id} handle={handle} invitation={invitation} />
        ))}
      </ul>
    </div>
  );
};
