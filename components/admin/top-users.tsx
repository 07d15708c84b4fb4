import Link from "next/link";
import { useTranslations } from "next-intl";
import { AdminRow, AdminTable, Cell, RowHead } from "#components/admin/admin-table.tsx";
import { useSize } from "#components/admin/use-size.ts";
import type { AdminUsage } from "#lib/admin/dto.ts";

/** The accounts that store or deliver most. */
export const TopUsers = ({ users }: { users: AdminUsage["topUsers"] }) => {
  const t = useTranslations("admin.usage");
  const size = useSize();
  return (
    <AdminTable
      label={t("top")}
      columns={[
        { label: t("account") },
        { label: t("stored"), numbers: true },
        { label: t("delivered"), numbers: true },
      ]}
    >
      {users.map((user) => (
        <AdminRow key={user.id}>
          <RowHead>
            <Link href={`/admin/users/${user.id}`} className="font-medium hover:underline">
              {user.displayName}
            </Link>
            <span className="block text-13 text-muted">@{user.username}</span>
          </RowHead>
          <Cell numbers>{size(user.storedBytes)}</Cell>
          <Cell numbers>{size(user.deliveredBytes)}</Cell>
        </AdminRow>
      ))}
    </AdminTable>
  );
};
