"use client";

import { Ban, EllipsisVertical, RotateCcw, ScrollText, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmByName } from "#components/admin/confirm-by-name.tsx";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import type { AdminVideoLine } from "#lib/admin/dto.ts";
import { putVideoBack, takeVideoDown } from "#lib/api-client/admin.ts";

/** What an admin does with a video: takes it down with a reason, puts it back, follows its trail. */
export const VideoActions = ({ video }: { video: AdminVideoLine }) => {
  const t = useTranslations("admin.videos");
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  const { id, title } = video;
  const takeDown = (reason: string) =>
    run(async () => {
      await takeVideoDown(id, reason);
      return { title: t("takenDown", { title }), undo: { done: t("isBack", { title }), work: () => putVideoBack(id) } };
    });
  const putBack = () =>
    run(async () => {
      await putVideoBack(id);
      return { title: t("isBack", { title }) };
    });
  const icon = { "aria-hidden": true, strokeWidth: 1.75 } as const;
  return (
    <>
      <Menu
        trigger={
          <IconButton size="small" label={t("actionsOf", { title })} aria-busy={busy || undefined}>
            <EllipsisVertical {...icon} />
          </IconButton>
        }
      >
        <MenuLink icon={<UserRound {...icon} />} render={<Link href={`/admin/users/${video.owner.id}`} />}>
          {t("owner")}
        </MenuLink>
        <MenuLink icon={<ScrollText {...icon} />} render={<Link href={`/admin/audit?targetId=${id}`} />}>
          {t("trail")}
        </MenuLink>
        <MenuSeparator />
        {video.takenDown === null ? (
          <MenuItem icon={<Ban {...icon} />} tone="danger" onSelect={() => setAsking(true)}>
            {t("takeDown")}
          </MenuItem>
        ) : (
          <MenuItem icon={<RotateCcw {...icon} />} onSelect={putBack}>
            {t("putBack")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmByName
        open={asking}
        onOpenChange={setAsking}
        title={t("confirm.title")}
        text={t("confirm.text")}
        name={title}
        reasonHint={t("confirm.reason")}
        action={t("takeDown")}
        onConfirm={takeDown}
      />
    </>
  );
};
