import { Users } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { FilterBar } from "#components/admin/filter-bar.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { UserTable } from "#components/admin/user-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { adminUserQuerySchema } from "#lib/admin/dto.ts";
import { listUsers } from "#lib/admin/users.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, readOrStart, type Search } from "../asked.ts";

const path = "/admin/users";
const roles = ["viewer", "creator", "admin"] as const;
const statuses = ["active", "pending", "suspended"] as const;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.users");
  return { title: t("title"), robots: { index: false } };
};

const Filters = async ({ given }: { given: Record<string, string> }) => {
  const [t, common] = await Promise.all([getTranslations("admin.users"), getTranslations("common")]);
  const any = { value: "", label: t("any") };
  return (
    <FilterBar
      label={t("filter")}
      fields={[
        { kind: "text", name: "q", label: t("search"), value: given.q ?? "", placeholder: t("searchHint") },
        {
          ...{ kind: "choice", name: "role", label: t("columns.role"), value: given.role ?? "" },
          options: [any, ...roles.map((role) => ({ value: role, label: common(`role.${role}`) }))],
        },
        {
          ...{ kind: "choice", name: "status", label: t("columns.status"), value: given.status ?? "" },
          options: [any, ...statuses.map((status) => ({ value: status, label: t(`status.${status}`) }))],
        },
        {
          ...{ kind: "choice", name: "sort", label: t("sort"), value: given.sort ?? "" },
          options: [
            { value: "", label: t("sorts.newest") },
            { value: "oldest", label: t("sorts.oldest") },
            { value: "stored", label: t("sorts.stored") },
          ],
        },
      ]}
    />
  );
};

/** Everybody with an account. */
export default async function UsersPage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(adminUserQuerySchema, given, path);
  const [t, page] = await Promise.all([
    getTranslations("admin.users"),
    readOrStart(() => listUsers({ viewer, query }), path),
  ]);
  return (
    <AdminPage title={t("title")} text={t("text")}>
      <Filters given={given} />
      {page.items.length === 0 ? (
        <EmptyState icon={<Users />} title={t("none")} text={t("noneHint")} />
      ) : (
        <UserTable users={page.items} />
      )}
      <Pager address={addressOf(path, given)} isFirst={given.cursor === undefined} nextCursor={page.nextCursor} />
    </AdminPage>
  );
}
