import { Clapperboard } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { ChannelPerson } from "#components/channels/channel-person.tsx";
import { PlaylistCard } from "#components/library/playlist-card.tsx";
import { SubscribeButton } from "#components/library/subscribe-button.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoGrid } from "#components/video/video-grid.tsx";
import { getChannel } from "#lib/channels/read-channels.ts";
import { AppError } from "#lib/errors.ts";
import { listChannelPlaylists } from "#lib/library/playlists.ts";
import { readSubscription } from "#lib/library/subscriptions.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";
import { type ListSearch, listHref, readList } from "../../list-search.ts";
import { readPage } from "../../read-page.ts";

type Props = { params: Promise<{ handle: string }>; searchParams: ListSearch };

/** The channel behind `/@handle`; every other address of one part is nothing we know. */
const channelOf = cache(async (part: string) => {
  const handle = decodeURIComponent(part);
  if (!handle.startsWith("@")) notFound();
  return getChannel({ viewer: await currentViewer(), handle }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});

/** Title, words for other sites and the one address. */
export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [channel, t, feeds, origin] = await Promise.all([
    params.then(({ handle }) => channelOf(handle)),
    getTranslations("site"),
    getTranslations("sharing.feeds"),
    pageOrigin(),
  ]);
  const title = t("channelTitle", { name: channel.name, handle: channel.handle });
  const description =
    channel.description === "" ? t("channelDescription", { name: channel.name }) : channel.description;
  return {
    title,
    description,
    metadataBase: new URL(origin),
    alternates: {
      canonical: `/@${channel.handle}`,
      types: {
        "application/rss+xml": [
          { url: `/@${channel.handle}/feed.xml`, title: feeds("rss", { name: channel.name }) },
          { url: `/@${channel.handle}/podcast.xml`, title: feeds("podcast", { name: channel.name }) },
        ],
      },
    },
    openGraph: { type: "profile", title, description, url: `/@${channel.handle}` },
  };
};

/** Public playlists of whoever stands behind the channel, and a heading for its videos below; nothing where there are none. */
const Playlists = async ({ handle }: { handle: string }) => {
  const viewer = await currentViewer();
  const [{ items }, t, common] = await Promise.all([
    listChannelPlaylists({ viewer, handle, query: { limit: 12 } }),
    getTranslations("library"),
    getTranslations("common"),
  ]);
  if (items.length === 0) return null;
  return (
    <>
      <section aria-labelledby="channel-playlists" className="px-4 pb-8 sm:px-0">
        <h2 id="channel-playlists" className="pb-3 text-20 font-bold">
          {t("playlists")}
        </h2>
        <ul className="-my-1 flex gap-4 overflow-x-auto py-1 max-sm:-mx-4 max-sm:px-4 sm:-mx-1 sm:px-1">
          {items.map((playlist) => (
            <li key={playlist.id} className="w-60 shrink-0">
              <PlaylistCard playlist={playlist} place="narrowShelf" />
            </li>
          ))}
        </ul>
      </section>
      <h2 className="px-4 pb-3 text-20 font-bold sm:px-0">{common("videos")}</h2>
    </>
  );
};

/** A channel: who it is, its playlists and its public videos. */
export default async function ChannelPage({ params, searchParams }: Props) {
  const [channel, { cursor }, viewer, t] = await Promise.all([
    params.then(({ handle }) => channelOf(handle)),
    searchParams.then(readList),
    currentViewer(),
    getTranslations("site"),
  ]);
  const page = await readPage(
    listVideos({ viewer, query: { channel: channel.handle, cursor, limit: 24 } }),
    `/@${channel.handle}`,
  );
  const own = channel.role !== null;
  const [subscription, people] = await Promise.all([
    readSubscription({ viewer, handle: channel.handle }),
    getTranslations("people"),
  ]);
  const studio = (
    <Link href={`/studio?channel=${encodeURIComponent(channel.handle)}`} className={buttonClass()}>
      {t("openStudio")}
    </Link>
  );
  return (
    <div className="pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <header className="px-4 pt-4 pb-6 sm:px-0">
        <div className="flex flex-wrap items-center gap-4">
          <Avatar name={channel.name} src={channel.person?.avatarUrl ?? null} size={80} />
          <div className="min-w-0 flex-1 basis-48">
            <h1 className="text-28 font-bold wrap-anywhere">{channel.name}</h1>
            <p className="text-14 text-muted">
              @{channel.handle} · {people("subscribers", { count: subscription.subscribers })}
            </p>
          </div>
          {own ? null : (
            <SubscribeButton
              channel={channel}
              first={subscription}
              signedIn={viewer !== null}
              next={`/@${channel.handle}`}
            />
          )}
          {own && page.items.length > 0 ? studio : null}
        </div>
        <div className="sm:ml-24">
          {channel.description === "" ? null : (
            <p className="mt-3 max-w-3xl text-14 whitespace-pre-line text-pretty wrap-anywhere sm:mt-1">
              {channel.description}
            </p>
          )}
          {channel.person === null ? null : <ChannelPerson person={channel.person} channelName={channel.name} />}
        </div>
      </header>
      {cursor === undefined ? <Playlists handle={channel.handle} /> : null}
      {page.items.length === 0 ? (
        <EmptyState
          icon={<Clapperboard strokeWidth={1.5} />}
          title={t("channelEmpty.title")}
          text={own ? t("channelEmpty.own") : t("channelEmpty.text", { name: channel.name })}
          action={own ? studio : undefined}
        />
      ) : (
        <VideoGrid
          key={cursor ?? ""}
          first={page}
          query={{ channel: channel.handle, limit: 24 }}
          moreHref={listHref({ path: `/@${channel.handle}`, cursor: page.nextCursor })}
          showChannel={false}
        />
      )}
    </div>
  );
}
