import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { StudioVideos } from "#components/studio/studio-videos.tsx";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
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
  const wanted = {
    sort: first(asked.sort) === "oldest" ? ("oldest" as const) : ("newest" as const),
    q: first(asked.q).trim().slice(0, 200),
  };
  // An upload link keeps its meaning through signing in.
  const address = asked.upload === undefined ? "/studio" : "/studio?upload=1";
  return creatorGate({
    address,
    draw: async (viewer) => {
      const locale = (await getLocale()) === "uk" ? "uk" : "en";
      const handle = first(asked.channel).toLowerCase();
      const own = (await listOwnChannels(viewer)).items.find((channel) => channel.handle.toLowerCase() === handle);
      // A channel that is not theirs is as good as none named.
      const query = { ...wanted, channel: own?.handle ?? "" };
      const { channel, ...words } = query;
      const page = await listVideos({
        ...{ viewer, locale },
        query: { mine: true, limit: 30, ...words, ...(channel === "" ? {} : { channel }) },
      });
      return <StudioVideos query={query} page={page} />;
    },
  });
}
