import { Shapes } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { categoryHref } from "#components/search/search-address.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PosterImage } from "#components/video/poster-image.tsx";
import { posterSources } from "#components/video/poster-sources.ts";
import { listCategories, type ShownCategory } from "#lib/search/list-categories.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { browseHead } from "../browse-head.ts";

/** Title, the one address and words for other sites. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("browse");
  return browseHead({ title: t("categories"), description: t("categoriesDescription"), path: "/categories" });
};

const Card = ({ shown: { category, video }, name, eager }: { shown: ShownCategory; name: string; eager: boolean }) => {
  const { posterUrl, dominantColor } = video.playback;
  return (
    <article className="relative">
      <div
        className="relative aspect-video overflow-hidden rounded-media bg-raised"
        style={dominantColor === null ? undefined : { backgroundColor: dominantColor }}
      >
        {posterUrl === null ? null : (
          <PosterImage
            src={posterUrl}
            sources={posterSources({ ...video, place: "categories" })}
            eager={eager}
            upright={(video.height ?? 0) > (video.width ?? 0)}
          />
        )}
      </div>
      <h2 className="mt-2 text-15 font-bold">
        <Link
          href={categoryHref(category)}
          className="outline-none after:absolute after:inset-0 after:rounded-media focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
        >
          {name}
        </Link>
      </h2>
    </article>
  );
};

/** Every category that has public videos, with the still of its most viewed one. */
export default async function CategoriesPage() {
  const [viewer, language, t, names] = await Promise.all([
    currentViewer(),
    getLocale(),
    getTranslations("browse"),
    getTranslations("categories"),
  ]);
  const categories = await listCategories({ viewer, locale: language === "uk" ? "uk" : "en" });
  return (
    <div className="px-4 pt-4 pb-12 sm:pr-6 md:pl-2">
      <h1 className="pb-5 text-28 font-bold">{t("categories")}</h1>
      {categories.length === 0 ? (
        <EmptyState icon={<Shapes strokeWidth={1.5} />} title={t("noCategories")} text={t("noCategoriesText")} />
      ) : (
        <ul className="grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-[repeat(auto-fill,minmax(200px,1fr))]">
          {categories.map((shown, at) => (
            <li key={shown.category}>
              <Card shown={shown} name={names(shown.category)} eager={at < 6} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
