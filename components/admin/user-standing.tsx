"use client";

import { Check, LogOut, ShieldOff, UserX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmByName } from "#components/admin/confirm-by-name.tsx";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import type { AdminUser } from "#lib/admin/dto.ts";
import { dropSecondFactor, endUserSessions, patchUser, rejectUser } from "#lib/api-client/admin.ts";

const roles = ["viewer", "creator", "admin"] as const;

/** The role of an account; another one is confirmed, because it signs the person out everywhere. */
export const UserRole = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user.role");
  const common = useTranslations("common.role");
  const { run } = useAdminAction();
  const [wanted, setWanted] = useState<AdminUser["role"] | null>(null);
  const role = wanted ?? user.role;
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label={t("label")}
        value={user.role}
        options={roles.map((value) => ({ value, label: common(value), description: t(`hints.${value}`) }))}
        onChange={setWanted}
        className="sm:w-56!"
      />
      <ConfirmDialog
        open={wanted !== null}
        onOpenChange={(open) => {
          if (!open) setWanted(null);
        }}
        title={t("confirm", { role: common(role) })}
        text={t("confirmText", { name: user.displayName })}
        action={t("action")}
        onConfirm={() =>
          run(async () => {
            await patchUser(user.id, { role });
            return { title: t("done", { name: user.displayName, role: common(role) }) };
          })
        }
      />
    </div>
  );
};

const Suspend = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user");
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  const name = user.displayName;
  return (
    <>
      <Button variant="danger" busy={busy} onClick={() => setAsking(true)}>
        <UserX aria-hidden strokeWidth={1.75} />
        {t("suspend.button")}
      </Button>
      <ConfirmByName
        open={asking}
        onOpenChange={setAsking}
        title={t("suspend.title", { name })}
        text={t("suspend.text")}
        name={user.username}
        reasonHint={t("suspend.reason")}
        action={t("suspend.button")}
        onConfirm={(reason) =>
          run(async () => {
            await patchUser(user.id, { status: "suspended", reason });
            const undo = { done: t("restored", { name }), work: () => patchUser(user.id, { status: "active" }) };
            return { title: t("suspended", { name }), undo };
          })
        }
      />
    </>
  );
};

const Restore = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user");
  const { busy, run } = useAdminAction();
  const isWaiting = user.status === "pending";
  const name = user.displayName;
  return (
    <Button
      variant="primary"
      busy={busy}
      onClick={() =>
        run(async () => {
          await patchUser(user.id, { status: "active" });
          return { title: t(isWaiting ? "approved" : "restored", { name }) };
        })
      }
    >
      <Check aria-hidden strokeWidth={1.75} />
      {t(isWaiting ? "approve" : "restore")}
    </Button>
  );
};

const TurnAway = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user.turnAway");
  const router = useRouter();
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  const name = user.displayName;
  return (
    <>
      <Button variant="danger" busy={busy} onClick={() => setAsking(true)}>
        <UserX aria-hidden strokeWidth={1.75} />
        {t("button")}
      </Button>
      <ConfirmByName
        open={asking}
        onOpenChange={setAsking}
        title={t("title", { name })}
        text={t("text")}
        name={user.username}
        reasonHint={t("reason")}
        reasonOptional
        action={t("button")}
        onConfirm={(reason) =>
          run(async () => {
            await rejectUser(user.id, reason);
            router.push("/admin/users?status=pending");
            return { title: t("done", { name }) };
          })
        }
      />
    </>
  );
};

/** Suspends an account with a reason, brings it back, lets in who waits, or turns them away. */
export const UserStanding = ({ user }: { user: AdminUser }) =>
  user.status === "active" ? (
    <Suspend user={user} />
  ) : (
    <div className="flex flex-wrap gap-2">
      {user.status === "pending" ? <TurnAway user={user} /> : null}
      <Restore user={user} />
    </div>
  );

/** Ends all that is signed in for an account. */
export const EndSessions = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user.sessions");
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button busy={busy} onClick={() => setAsking(true)}>
        <LogOut aria-hidden strokeWidth={1.75} />
        {t("end")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("confirm")}
        text={t("confirmText", { name: user.displayName })}
        action={t("end")}
        onConfirm={() =>
          run(async () => {
            const { sessions, apiTokens } = await endUserSessions(user.id);
            return { title: t("ended", { sessions, tokens: apiTokens }) };
          })
        }
      />
    </>
  );
};

/** Takes a lost second factor away; nothing for an account without one. */
export const DropSecondFactor = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user.secondFactor");
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button busy={busy} onClick={() => setAsking(true)}>
        <ShieldOff aria-hidden strokeWidth={1.75} />
        {t("button")}
      </Button>
      <ConfirmByName
        open={asking}
        onOpenChange={setAsking}
        title={t("confirm", { name: user.displayName })}
        text={t("confirmText")}
        name={user.username}
        action={t("button")}
        onConfirm={() =>
          run(async () => {
            await dropSecondFactor(user.id);
            return { title: t("done", { name: user.displayName }) };
          })
        }
      />
    </>
  );
};
