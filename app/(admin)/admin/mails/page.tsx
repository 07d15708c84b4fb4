import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { FilterBar } from "#components/admin/filter-bar.tsx";
import { MailRow } from "#components/admin/mail-row.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listMails } from "#lib/mail/admin-mails.ts";
import { mailQuerySchema } from "#lib/mail/dto.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, readOrStart, type Search } from "../asked.ts";

const path = "/admin/mails";
const states = ["held", "failed", "queued", "sent"] as const;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.mails");
  return { title: t("title"), robots: { index: false } };
};

/** The outbox. */
export default async function MailsPage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(mailQuerySchema, given, path);
  const [t, page] = await Promise.all([
    getTranslations("admin.mails"),
    readOrStart(() => listMails({ viewer, query }), path),
  ]);
  return (
    <AdminPage title={t("title")} text={t("text")}>
      <FilterBar
        label={t("filter")}
        fields={[
          {
            ...{ kind: "choice", name: "state", label: t("state"), value: given.state ?? "" },
            options: [
              { value: "", label: t("any") },
              ...states.map((state) => ({ value: state, label: t(`states.${state}`) })),
            ],
          },
        ]}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={<Mail />} title={t("none")} text={t("noneHint")} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {page.items.map((mail) => (
            <MailRow key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
      <Pager address={addressOf(path, given)} isFirst={given.cursor === undefined} nextCursor={page.nextCursor} />
    </AdminPage>
  );
}
