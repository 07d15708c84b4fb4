import { Clapperboard } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { mayUpload } from "#components/shell/shell-viewer.ts";
import { uploadHref } from "#components/shell/upload-href.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoGrid } from "#components/video/video-grid.tsx";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";
import { type ListSearch, listHref, readList } from "../../list-search.ts";
import { readPage } from "../../read-page.ts";
import { HomeShelves, readShelves } from "./home-shelves.tsx";

/** The home page is the site: its title is the site's own. Its address is told whole: a relative one is none to search engines. */
export const generateMetadata = async (): Promise<Metadata> => ({
  metadataBase: new URL(await pageOrigin()),
  alternates: { canonical: "/" },
});

const Empty = async ({ viewer }: { viewer: Viewer }) => {
  const [t, common] = await Promise.all([getTranslations("site.homeEmpty"), getTranslations("common")]);
  const creator = mayUpload(viewer);
  return (
    <EmptyState
      icon={<Clapperboard strokeWidth={1.5} />}
      title={t("title")}
      text={t(viewer === null ? "stranger" : creator ? "creator" : "viewer")}
      action={
        creator ? (
          <Link href={uploadHref} className={buttonClass({ variant: "primary" })}>
            {common("upload")}
          </Link>
        ) : viewer === null ? (
          <Link href="/login" className={buttonClass({ variant: "primary" })}>
            {common("signIn")}
          </Link>
        ) : undefined
      }
    />
  );
};

/** What is there for whoever comes: their own first, then what is trending and the newest. Later pages are the newest alone. */
export default async function HomePage({ searchParams }: { searchParams: ListSearch }) {
  const [viewer, { cursor }, t, language] = await Promise.all([
    currentViewer(),
    searchParams.then(readList),
    getTranslations("site"),
    getLocale(),
  ]);
  const locale = language === "uk" ? "uk" : "en";
  const [page, shelves] = await Promise.all([
    readPage(listVideos({ viewer, query: { cursor, limit: 24 }, locale }), "/"),
    cursor === undefined ? readShelves({ viewer, locale }) : null,
  ]);
  return (
    <div className="pt-3 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <h1 className="sr-only">{cursor === undefined ? t("homeTitle") : t("newest")}</h1>
      {shelves === null ? null : <HomeShelves shelves={shelves} withTrending={page.nextCursor !== null} />}
      {page.items.length === 0 ? (
        <Empty viewer={viewer} />
      ) : (
        <VideoGrid
          key={cursor ?? ""}
          first={page}
          query={{ limit: 24 }}
          moreHref={listHref({ path: "/", cursor: page.nextCursor })}
        />
      )}
    </div>
  );
}
