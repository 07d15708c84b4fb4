"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "#components/channels/confirm-button.tsx";
import { useDeed } from "#components/channels/use-deed.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Select } from "#components/ui/select.tsx";
import { changeMember, type MemberRole, removeMember } from "#lib/api-client/channels.ts";
import type { MemberListDto } from "#lib/channels/dto.ts";

type Member = MemberListDto["items"][number];

const roles: readonly MemberRole[] = ["owner", "editor"];

const MemberDeeds = ({ handle, member }: { handle: string; member: Member }) => {
  const t = useTranslations("channels");
  const { busy, perform } = useDeed();
  const { userId, displayName: name } = member;
  return (
    <div className="flex items-center gap-1">
      <Select<MemberRole>
        value={member.role}
        look="quiet"
        disabled={busy}
        label={t("roleOf", { name })}
        options={roles.map((role) => ({ value: role, label: t(`role.${role}`), description: t(`roleHint.${role}`) }))}
        onChange={(role) =>
          void perform({ deed: () => changeMember({ handle, userId, role }), done: t("roleChanged") })
        }
      />
      <ConfirmButton
        label={t("remove")}
        name={t("removeNamed", { name })}
        title={t("removeTitle", { name })}
        text={t("removeText")}
        size="small"
        busy={busy}
        onConfirm={() => perform({ deed: () => removeMember({ handle, userId }), done: t("removed", { name }) })}
      />
    </div>
  );
};

/** Who works on a channel; owners change and remove the others. */
export const MemberList = ({
  handle,
  members,
  mayDecide,
}: {
  handle: string;
  members: readonly Member[];
  mayDecide: boolean;
}) => {
  const t = useTranslations("channels");
  return (
    <ul className="flex flex-col divide-y divide-line">
      {members.map((member) => (
        <li key={member.userId} className="flex flex-wrap items-center gap-3 py-2.5 first:pt-0">
          <Avatar name={member.displayName} src={member.avatarUrl} size={40} />
          <div className="min-w-0 flex-1 basis-40">
            <p className="truncate text-15">{member.displayName}</p>
            <p className="truncate text-13 text-muted">@{member.username}</p>
            {member.bio === "" ? null : (
              <p className="mt-1 line-clamp-2 text-13 text-muted wrap-anywhere">{member.bio}</p>
            )}
          </div>
          {mayDecide && !member.isFounder ? (
            <MemberDeeds handle={handle} member={member} />
          ) : (
            <span className="text-14 text-muted">{member.isFounder ? t("founder") : t(`role.${member.role}`)}</span>
          )}
        </li>
      ))}
    </ul>
  );
};
