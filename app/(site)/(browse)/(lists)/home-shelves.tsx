import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { categoryHref } from "#components/search/search-address.ts";
import { VideoShelf } from "#components/video/video-shelf.tsx";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type BegunVideo, continueWatching } from "#lib/library/continue-watching.ts";
import { listSubscriptionFeed } from "#lib/library/subscriptions.ts";
import { openCategories } from "#lib/search/list-categories.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { listVideos } from "#lib/videos/list-videos.ts";

const limit = 10;

/** The way to each category that has videos. */
const Categories = async () => {
  const [categories, t, browse] = await Promise.all([
    openCategories(),
    getTranslations("categories"),
    getTranslations("browse"),
  ]);
  if (categories.length === 0) return null;
  const chip =
    "touch block rounded-control bg-raised px-3 py-1.5 text-13 whitespace-nowrap transition-colors hover:bg-hover";
  return (
    <nav aria-label={browse("categories")} className="pb-5">
      <ul className="-my-1 flex gap-2 overflow-x-auto py-1 max-sm:px-4 sm:-mx-1 sm:px-1">
        <li>
          <Link href="/trending" prefetch={false} className={chip}>
            {browse("trending")}
          </Link>
        </li>
        {categories.map((category) => (
          <li key={category}>
            <Link href={categoryHref(category)} prefetch={false} className={chip}>
              {t(category)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Begun = async ({ begun }: { begun: readonly BegunVideo[] }) => {
  const [t, past] = await Promise.all([getTranslations("browse"), getTranslations("library.past")]);
  if (begun.length === 0) return null;
  const videos = begun.map(({ video, positionMs }) => {
    if (video.durationMs === null || video.durationMs === 0) return { video };
    const percent = Math.min(100, Math.round((positionMs / video.durationMs) * 100));
    return { video, seen: { percent, label: past("watched", { percent }) } };
  });
  return <VideoShelf id="continue" title={t("continue")} href="/history" videos={videos} eager />;
};

const ofOwn = async (viewer: Viewer, locale: Locale) => {
  if (viewer === null) return { begun: [], followed: [] };
  const [begun, feed] = await Promise.all([
    continueWatching({ viewer, limit, locale }),
    listSubscriptionFeed({ viewer, query: { limit }, locale }),
  ]);
  return { begun, followed: feed.items };
};

/** What stands above the newest videos. */
export type Shelves = {
  begun: readonly BegunVideo[];
  followed: readonly VideoDto[];
  trending: readonly VideoDto[];
};

/** What the signed-in person goes on with, their subscriptions, and what is trending. */
export const readShelves = async ({ viewer, locale }: { viewer: Viewer; locale: Locale }): Promise<Shelves> => {
  const [own, trending] = await Promise.all([
    ofOwn(viewer, locale),
    listVideos({ viewer, query: { sort: "trending", limit }, locale }),
  ]);
  return { ...own, trending: trending.items };
};

const toCards = (videos: readonly VideoDto[]) => videos.map((video) => ({ video }));

/** These shelves; trending is left out where the list of the newest has all there is (`withTrending`). */
export const HomeShelves = async ({
  shelves: { begun, followed, trending },
  withTrending,
}: {
  shelves: Shelves;
  withTrending: boolean;
}) => {
  const t = await getTranslations("browse");
  return (
    <>
      <Categories />
      <Begun begun={begun} />
      {followed.length === 0 ? null : (
        <VideoShelf id="followed" title={t("subscriptions")} href="/subscriptions" videos={toCards(followed)} />
      )}
      {withTrending ? (
        <VideoShelf id="trending" title={t("trending")} href="/trending" videos={toCards(trending)} />
      ) : null}
      {withTrending || begun.length + followed.length > 0 ? (
        <h2 className="px-4 pb-3 text-20 font-bold sm:px-0">{t("newest")}</h2>
      ) : null}
    </>
  );
};
