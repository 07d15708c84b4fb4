import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { StudioVideos } from "#components/studio/studio-videos.tsx";
import { listVideos } from "#lib/videos/list-videos.ts";
import { creatorGate } from "./creator-gate.tsx";

type Search = Record<string, string | string[] | undefined>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("studio");
  return { title: t("metaTitle"), robots: { index: false } };
};

/** The caller's videos; the server draws the first page, the browser keeps it moving. */
export default async function StudioPage({ searchParams }: { searchParams: Promise<Search> }) {
  const asked = await searchParams;
  const query = {
    sort: first(asked.sort) === "oldest" ? ("oldest" as const) : ("newest" as const),
    q: first(asked.q).trim().slice(0, 200),
  };
  // An upload link keeps its meaning through signing in.
  const address = asked.upload === undefined ? "/studio" : "/studio?upload=1";
  return creatorGate({
    address,
    draw: async (viewer) => {
      const locale = await getLocale();
      const page = await listVideos({
        viewer,
        query: { mine: true, limit: 30, ...query },
        locale: locale === "uk" ? "uk" : "en",
      });
      return <StudioVideos query={query} page={page} />;
    },
  });
}
