import Link from "next/link";
import { useTranslations } from "next-intl";
import { AdminRow, AdminTable, Cell, RowHead } from "#components/admin/admin-table.tsx";
import { type MarkTone, StateMark } from "#components/admin/state-mark.tsx";
import { useSize } from "#components/admin/use-size.ts";
import { When } from "#components/admin/when.tsx";
import type { AdminUserLine } from "#lib/admin/dto.ts";

const toneOf: Record<AdminUserLine["status"], MarkTone> = { active: "good", pending: "waits", suspended: "bad" };

/** Where an account stands, in words and colour. */
export const UserStatus = ({ status }: { status: AdminUserLine["status"] }) => {
  const t = useTranslations("admin.users.status");
  return <StateMark tone={toneOf[status]}>{t(status)}</StateMark>;
};

const UserRow = ({ user }: { user: AdminUserLine }) => {
  const t = useTranslations("admin.users");
  const common = useTranslations("common");
  const size = useSize();
  return (
    <AdminRow data-id={user.id}>
      <RowHead>
        <Link href={`/admin/users/${user.id}`} className="font-medium hover:underline">
          {user.displayName}
        </Link>
        <span className="block text-13 text-muted">
          @{user.username} · {user.email}
          {user.emailVerified ? null : ` · ${t("unverified")}`}
        </span>
      </RowHead>
      <Cell>
        <UserStatus status={user.status} />
        <span className="block text-13 text-muted sm:hidden">{common(`role.${user.role}`)}</span>
      </Cell>
      <Cell from="md">{common(`role.${user.role}`)}</Cell>
      <Cell from="lg" numbers>
        {user.videos === 0 ? (
          "0"
        ) : (
          <Link
            href={`/admin/videos?owner=${user.id}`}
            className="hover:underline"
            aria-label={t("videosOf", { name: user.displayName, count: user.videos })}
          >
            {user.videos}
          </Link>
        )}
      </Cell>
      <Cell from="md" numbers>
        {size(user.storedBytes)}
      </Cell>
      <Cell from="xl">{user.lastSeenAt === null ? t("neverSeen") : <When at={user.lastSeenAt} />}</Cell>
      <Cell from="lg">
        <When at={user.createdAt} time={false} />
      </Cell>
    </AdminRow>
  );
};

/** Accounts, one a row. */
export const UserTable = ({ users }: { users: readonly AdminUserLine[] }) => {
  const t = useTranslations("admin.users.columns");
  return (
    <AdminTable
      label={t("label")}
      columns={[
        { label: t("name") },
        { label: t("status") },
        { label: t("role"), from: "md" },
        { label: t("videos"), from: "lg", numbers: true },
        { label: t("stored"), from: "md", numbers: true },
        { label: t("seen"), from: "xl" },
        { label: t("joined"), from: "lg" },
      ]}
    >
      {users.map((user) => (
        <UserRow key={user.id} user={user} />
      ))}
    </AdminTable>
  );
};
