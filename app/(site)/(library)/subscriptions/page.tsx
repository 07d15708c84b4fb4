import { Rss } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { OwnVideos } from "#components/library/own-videos.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { FollowedChannelDto } from "#lib/library/dto.ts";
import { listSubscriptionFeed, listSubscriptions } from "#lib/library/subscriptions.ts";
import { type ListSearch, readList } from "../../list-search.ts";
import { readPage } from "../../read-page.ts";
import { signedInFor } from "../library-gate.ts";
import { LibraryPage } from "../library-page.tsx";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("library");
  return { title: t("feed.title"), robots: { index: false } };
};

const Channels = async ({ channels }: { channels: readonly FollowedChannelDto[] }) => {
  const t = await getTranslations("library.feed");
  return (
    <ul aria-label={t("channels")} className="-mx-1 mb-6 flex gap-2 overflow-x-auto px-1 py-1">
      {channels.map(({ channel }) => (
        <li key={channel.id}>
          <Link
            href={`/@${channel.handle}`}
            className="flex w-20 flex-col items-center gap-1.5 rounded-control p-1.5 text-12 hover:bg-raised"
          >
            <Avatar name={channel.name} size={40} />
            <span className="line-clamp-2 w-full text-center wrap-anywhere">{channel.name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** New videos of the channels that one follows. */
export default async function SubscriptionsPage({ searchParams }: { searchParams: ListSearch }) {
  const viewer = await signedInFor("/subscriptions");
  const [{ cursor }, t, locale] = await Promise.all([
    searchParams.then(readList),
    getTranslations("library.feed"),
    getLocale(),
  ]);
  const query = { limit: 24, cursor };
  const [channels, first] = await Promise.all([
    listSubscriptions({ viewer, query: { limit: 30 } }),
    readPage(listSubscriptionFeed({ viewer, query, locale: locale === "uk" ? "uk" : "en" }), "/subscriptions"),
  ]);
  return (
    <LibraryPage title={t("title")}>
      {channels.items.length === 0 ? null : <Channels channels={channels.items} />}
      {first.items.length === 0 ? (
        <EmptyState icon={<Rss strokeWidth={1.5} />} title={t("empty")} text={t("emptyText")} />
      ) : (
        <OwnVideos key={cursor ?? ""} list="feed" first={first} path="/subscriptions" />
      )}
    </LibraryPage>
  );
}
