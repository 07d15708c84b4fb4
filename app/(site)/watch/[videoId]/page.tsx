import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { StructuredData } from "#components/sharing/structured-data.tsx";
import { StageNotice } from "#components/video/stage-notice.tsx";
import { TranscriptPlace } from "#components/video/transcript-button.tsx";
import { WatchRoom } from "#components/video/watch-room.tsx";
import { WatchStage } from "#components/video/watch-stage.tsx";
import { scriptJson, videoObject } from "#lib/sharing/json-ld.ts";
import { pageMetadata } from "#lib/sharing/page-metadata.ts";
import { isAllowanceUsedUp } from "#lib/usage/is-allowance-used-up.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";
import { startSeconds } from "../start-seconds.ts";
import { openedPage, type WatchProps } from "./opened-video.ts";
import { resumeSeconds } from "./resume-seconds.ts";
import { upNext } from "./up-next.ts";
import { WatchAbout } from "./watch-about.tsx";
import { WatchComments } from "./watch-comments.tsx";
import { WatchPlaylist } from "./watch-playlist.tsx";
import { WatchRelated } from "./watch-related.tsx";

/** Title, picture, player and words for other sites; only what is in everybody's lists is told of. */
export const generateMetadata = async (props: WatchProps): Promise<Metadata> => {
  const [page, origin] = await Promise.all([openedPage(props), pageOrigin()]);
  return pageMetadata({ ...page, origin });
};

/** Where the player would be, of a channel whose delivery is used up. */
const Stopped = async () => {
  const t = await getTranslations("watch.allowance");
  return (
    <div className="relative aspect-video w-full overflow-hidden bg-stage md:rounded-media">
      <StageNotice title={t("title")} text={t("text")} />
    </div>
  );
};

/** A video: player first, then what it is, then others. */
export default async function WatchPage(props: WatchProps) {
  const [{ video, facts }, search, viewer, origin, jar] = await Promise.all([
    openedPage(props),
    props.searchParams,
    currentViewer(),
    pageOrigin(),
    cookies(),
  ]);
  const stopped = !video.editable && (await isAllowanceUsedUp(video.id));
  const start = search.t === undefined ? await resumeSeconds({ viewer, videoId: video.id }) : startSeconds(search.t);
  const resumes = search.t === undefined && viewer !== null;
  const begin = { startSeconds: start, resumes, account: viewer?.id ?? null };
  return (
    <WatchRoom key={video.id} theatre={jar.get("theatre")?.value === "on"}>
      <div className="min-w-0 lg:group-data-[theatre]/watch:col-span-2">
        {stopped ? <Stopped /> : <WatchStage {...begin} drawn={video} next={upNext(video, search.list)} />}
      </div>
      <div className="min-w-0 max-lg:contents lg:col-start-1 lg:row-start-2">
        <div className="min-w-0">
          <WatchAbout video={video} facts={facts} />
        </div>
        <div className="min-w-0 px-4 pt-8 max-lg:order-2 md:px-0">
          <Suspense>
            <WatchComments video={video} linkedId={search.comment} />
          </Suspense>
        </div>
        {facts.described === null ? null : (
          <StructuredData json={scriptJson(videoObject({ video: facts.described, origin }))} />
        )}
      </div>
      <div className="min-w-0 max-lg:contents lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:group-data-[theatre]/watch:row-span-1 lg:group-data-[theatre]/watch:row-start-2 lg:group-data-[theatre]/watch:pt-4">
        <TranscriptPlace videoId={video.id} tracks={video.playback.captions} />
        {/* What one goes through stands above what others say of it, where there is one column. */}
        <div className="min-w-0 max-lg:order-1 max-lg:not-empty:pt-6">
          <WatchPlaylist listId={search.list} videoId={video.id} />
        </div>
        <div className="min-w-0 max-lg:order-3 max-lg:pt-8">
          <WatchRelated video={video} />
        </div>
      </div>
    </WatchRoom>
  );
}
