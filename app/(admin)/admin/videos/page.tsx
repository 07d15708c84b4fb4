import { SquarePlay } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { FilterBar } from "#components/admin/filter-bar.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { VideoTable } from "#components/admin/video-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { adminVideoQuerySchema } from "#lib/admin/dto.ts";
import { listAllVideos } from "#lib/admin/videos.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, readOrStart, type Search } from "../asked.ts";

const path = "/admin/videos";
const statuses = ["ready", "processing", "uploading", "failed"] as const;
const visibilities = ["public", "unlisted", "private"] as const;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.videos");
  return { title: t("title"), robots: { index: false } };
};

const Filters = async ({ given }: { given: Record<string, string> }) => {
  const [t, common] = await Promise.all([getTranslations("admin.videos"), getTranslations("common")]);
  const any = { value: "", label: t("any") };
  return (
    <FilterBar
      label={t("filter")}
      always={given.owner === undefined ? {} : { owner: given.owner }}
      fields={[
        { kind: "text", name: "q", label: t("search"), value: given.q ?? "", placeholder: t("searchHint") },
        {
          ...{ kind: "choice", name: "status", label: t("columns.state"), value: given.status ?? "" },
          options: [any, ...statuses.map((status) => ({ value: status, label: t(`state.${status}`) }))],
        },
        {
          ...{ kind: "choice", name: "visibility", label: t("columns.visibility"), value: given.visibility ?? "" },
          options: [any, ...visibilities.map((value) => ({ value, label: common(`visibility.${value}`) }))],
        },
        {
          ...{ kind: "choice", name: "is", label: t("is"), value: given.is ?? "" },
          options: [
            { value: "", label: t("there") },
            { value: "taken_down", label: t("state.takenDown") },
            { value: "deleted", label: t("state.deleted") },
          ],
        },
      ]}
    />
  );
};

/** Everybody's videos. */
export default async function AdminVideosPage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(adminVideoQuerySchema, given, path);
  const [t, page] = await Promise.all([
    getTranslations("admin.videos"),
    readOrStart(() => listAllVideos({ viewer, query }), path),
  ]);
  return (
    <AdminPage title={t("title")} text={given.owner === undefined ? t("text") : t("ofOne")}>
      <Filters given={given} />
      {page.items.length === 0 ? (
        <EmptyState icon={<SquarePlay />} title={t("none")} text={t("noneHint")} />
      ) : (
        <VideoTable videos={page.items} />
      )}
      <Pager address={addressOf(path, given)} isFirst={given.cursor === undefined} nextCursor={page.nextCursor} />
    </AdminPage>
  );
}
