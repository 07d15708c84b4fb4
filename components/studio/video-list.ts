import type { VideoDto, VideoPageDto, VideoPatch } from "#lib/videos/dto.ts";

/** A change that was shown at once and is not answered yet. */
export type PendingPatch = { token: number; videoId: string; patch: VideoPatch };

/** Which of the caller's videos are listed, in which order; `channel` is a handle, empty for all channels. */
export type VideoListQuery = { sort: "newest" | "oldest"; q: string; channel: string };

/** The caller's videos as this browser knows them. */
export type VideoList = {
  query: VideoListQuery;
  /** In the order that `query` tells. */
  videos: readonly VideoDto[];
  /** Cursor of the next page; null when all are here. */
  nextCursor: string | null;
  pending: readonly PendingPatch[];
  /** Deleted here; kept out of sight whatever late events say, until restored. */
  hidden: ReadonlySet<string>;
  /** Uploads that gained bytes a moment ago, wherever they come from. */
  moving: ReadonlySet<string>;
};

/** No videos known yet. */
export const emptyVideoList: VideoList = {
  query: { sort: "newest", q: "", channel: "" },
  videos: [],
  nextCursor: null,
  pending: [],
  hidden: new Set(),
  moving: new Set(),
};

/** Ids are uuid v7: their order is that of creation, and the one the server pages by. */
const comparing =
  ({ sort }: VideoListQuery) =>
  (a: VideoDto, b: VideoDto) =>
    sort === "newest" ? (b.id < a.id ? -1 : 1) : a.id < b.id ? -1 : 1;

const withVideos = (
  { query }: VideoList,
  { known, news }: { known: readonly VideoDto[]; news: readonly VideoDto[] },
) => {
  const byId = new Map([...known, ...news].map((video) => [video.id, video]));
  return [...byId.values()].sort(comparing(query));
};

/** Begins a list anew under another query; what is pending or hidden stays so. */
export const requeried = (
  list: VideoList,
  { query, page }: { query: VideoListQuery; page: VideoPageDto },
): VideoList => ({
  ...list,
  query,
  videos: page.items,
  nextCursor: page.nextCursor,
});

/** Adds an older page (or the first). */
export const withPage = (list: VideoList, page: VideoPageDto): VideoList => ({
  ...list,
  videos: withVideos(list, { known: list.videos, news: page.items }),
  nextCursor: page.nextCursor,
});

/**
 * Takes a fresh first page after events may have been missed: what should be on it and is not was deleted elsewhere. Older
 * pages that were loaded stay as they are.
 */
export const resynced = (list: VideoList, page: VideoPageDto): VideoList => {
  const last = page.items.at(-1);
  const after = comparing(list.query);
  const beyond =
    page.nextCursor === null || last === undefined
      ? []
      : list.videos.filter((video) => video.id !== last.id && after(video, last) > 0);
  return {
    ...list,
    videos: withVideos(list, { known: beyond, news: page.items }),
    nextCursor: beyond.length === 0 ? page.nextCursor : list.nextCursor,
  };
};

const fitting =
  ({ q, channel }: VideoListQuery) =>
  (video: VideoDto) =>
    video.title.toLocaleLowerCase().includes(q.toLocaleLowerCase()) &&
    (channel === "" || video.channel.handle === channel);

/** Takes one video's newest state; one that belongs on a page not loaded yet waits for it, one that does not fit the search stays out. */
export const withVideo = (list: VideoList, video: VideoDto): VideoList => {
  const last = list.videos.at(-1);
  const isKnown = list.videos.some((known) => known.id === video.id);
  if (!isKnown) {
    const laterPage = list.nextCursor !== null && last !== undefined && comparing(list.query)(video, last) > 0;
    if (laterPage || !fitting(list.query)(video)) return list;
  }
  return { ...list, videos: withVideos(list, { known: list.videos, news: [video] }) };
};

/** Takes the title, description, tags and visibility of `words`, and leaves the rest of that video as it is known. */
export const withWords = (list: VideoList, words: VideoDto): VideoList => ({
  ...list,
  videos: list.videos.map((video) => (video.id === words.id ? laidOver(video, words) : video)),
});

/** Whether a video's upload has gained bytes since it was last heard of. */
export const gainsBytes = ({ videos }: VideoList, { id, upload }: VideoDto): boolean => {
  const before = videos.find((known) => known.id === id)?.upload;
  return upload !== null && before !== undefined && before !== null && upload.offsetBytes > before.offsetBytes;
};

/** Notes that an upload moves, or no longer does. */
export const withMoving = (list: VideoList, { videoId, moves }: { videoId: string; moves: boolean }): VideoList => ({
  ...list,
  moving: new Set([...[...list.moving].filter((id) => id !== videoId), ...(moves ? [videoId] : [])]),
});

/** Forgets a video. */
export const withoutVideo = (list: VideoList, videoId: string): VideoList => ({
  ...list,
  videos: list.videos.filter((video) => video.id !== videoId),
});

/** Hides videos that are being deleted. */
export const hiding = (list: VideoList, videoIds: readonly string[]): VideoList => ({
  ...list,
  hidden: new Set([...list.hidden, ...videoIds]),
});

/** Shows videos again: restored, or the deletion failed. */
export const showing = (list: VideoList, videoIds: readonly string[]): VideoList => ({
  ...list,
  hidden: new Set([...list.hidden].filter((id) => !videoIds.includes(id))),
});

/** The videos as they are shown: without the hidden ones, with what is pending laid over. */
export const visibleVideos = ({ videos, pending, hidden }: VideoList): VideoDto[] =>
  videos
    .filter((video) => !hidden.has(video.id))
    .map((video) =>
      pending.filter(({ videoId }) => videoId === video.id).reduce((shown, { patch }) => laidOver(shown, patch), video),
    );

const laidOver = (video: VideoDto, patch: VideoPatch): VideoDto => ({
  ...video,
  title: patch.title ?? video.title,
  description: patch.description ?? video.description,
  tags: patch.tags ?? video.tags,
  visibility: patch.visibility ?? video.visibility,
});
