import type { VideoDto, VideoPageDto, VideoPatch } from "#lib/videos/dto.ts";
import {
  emptyVideoList,
  gainsBytes,
  hiding,
  requeried,
  resynced,
  showing,
  type VideoList,
  type VideoListQuery,
  withMoving,
  withoutVideo,
  withPage,
  withVideo,
  withWords,
} from "./video-list.ts";

/** What the store needs of the API. */
export type StudioApi = {
  fetchPage(ask: { query: VideoListQuery; cursor: string | null; limit: number }): Promise<VideoPageDto>;
  fetchOne(videoId: string): Promise<VideoDto>;
  patch(edit: { videoId: string; patch: VideoPatch }): Promise<VideoDto>;
  remove(videoId: string): Promise<unknown>;
  restore(videoId: string): Promise<VideoDto>;
  reprocess(videoId: string): Promise<VideoDto>;
  cancelProcessing(videoId: string): Promise<VideoDto>;
  /** Opens the one event stream; returns the function that ends it. */
  follow(handlers: {
    onVideo(video: VideoDto): void;
    onDeleted(videoId: string): void;
    onOpen(): void;
    onLost(): void;
  }): () => void;
};

/** How long after its last gain an upload counts as moving; the server tells of it about once a second. */
const movingMs = 12_000;

type News = Map<string, VideoDto | null>;

/** Lays over a list what the stream told. */
const withNews = (list: VideoList, news: News): VideoList =>
  [...news].reduce((known, [id, video]) => (video === null ? withoutVideo(known, id) : withVideo(known, video)), list);

/** Videos of a page. */
export const pageSize = 30;

/**
 * Life cycle of the studio's list of videos: one event stream, a fetch after each reconnection, changes shown at once and
 * taken back when the server refuses them.
 */
export class StudioStore {
  readonly #api: StudioApi;
  readonly #listeners = new Set<() => void>();
  readonly #moving = new Map<string, ReturnType<typeof setTimeout>>();
  /** For each question on its way: what the stream has told since, null for a deleted video. */
  readonly #meanwhile = new Set<News>();
  #list: VideoList = emptyVideoList;
  #live = false;
  #seeded = false;
  #token = 0;
  #asked = 0;
  #resyncs = 0;
  #followers = 0;
  #stop: (() => void) | null = null;

  constructor(api: StudioApi) {
    this.#api = api;
  }

  /** The list as it is now; the same object until something changes. */
  readonly snapshot = (): VideoList => this.#list;

  /** Whether the event stream is open. */
  readonly isLive = (): boolean => this.#live;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Takes what the server drew the page with. Quiet: meant for the time before anything subscribes. A list that is live already
   * knows better than a page that the browser may have kept from before.
   */
  seed({ query, page }: { query: VideoListQuery; page: VideoPageDto }): void {
    const { sort, q, channel } = this.#list.query;
    const isAsked = query.sort === sort && query.q === q && query.channel === channel;
    if (this.#seeded && this.#live && isAsked) return;
    this.#seeded = true;
    this.#list = requeried(this.#list, { query, page });
  }

  /** Takes one video that the server drew a page with, unless a newer word of it is here already. Quiet like `seed`. */
  keep(video: VideoDto): void {
    if (this.#list.videos.some(({ id }) => id === video.id)) return;
    this.#list = { ...this.#list, videos: [...this.#list.videos, video] };
  }

  /** Opens the event stream as long as anyone follows; returns the function that lets go. */
  readonly follow = (): (() => void) => {
    this.#followers += 1;
    if (this.#followers === 1) this.#open();
    return () => {
      this.#followers -= 1;
      if (this.#followers > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  };

  /** Lists under another query. Rejects with the API's error; the old list stays. A later call wins over an earlier one. */
  async ask(query: VideoListQuery): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const { answer: page, news } = await this.#hearing(this.#api.fetchPage({ query, cursor: null, limit: pageSize }));
    if (mine === this.#asked) this.#set(withNews(requeried(this.#list, { query, page }), news));
  }

  /** Fetches the next page, if there is one. Rejects with the API's error. */
  async more(): Promise<void> {
    const { nextCursor, query } = this.#list;
    if (nextCursor === null) return;
    const { answer: page, news } = await this.#hearing(
      this.#api.fetchPage({ query, cursor: nextCursor, limit: pageSize }),
    );
    if (this.#list.query === query) this.#set(withNews(withPage(this.#list, page), news));
  }

  /** Fetches the loaded part anew, for what events may have been missed. A later call wins over an earlier one. */
  async resync(): Promise<void> {
    this.#resyncs += 1;
    const mine = this.#resyncs;
    const { query } = this.#list;
    const limit = Math.min(100, Math.max(pageSize, this.#list.videos.length));
    const { answer: page, news } = await this.#hearing(this.#api.fetchPage({ query, cursor: null, limit }));
    if (mine !== this.#resyncs || this.#list.query !== query) return;
    this.#set(withNews(resynced(this.#list, page), news));
  }

  /** Makes sure that a video is listed, once it was created by an upload of this page. */
  async ensure(videoId: string): Promise<void> {
    if (!this.#list.videos.some(({ id }) => id === videoId)) await this.#take(this.#api.fetchOne(videoId));
  }

  /** Shows a change at once and sends it. Rejects with the API's error after taking it back. */
  async patch({ videoId, patch }: { videoId: string; patch: VideoPatch }): Promise<VideoDto> {
    this.#token += 1;
    const token = this.#token;
    this.#set({ ...this.#list, pending: [...this.#list.pending, { token, videoId, patch }] });
    const settled = () => this.#list.pending.filter((pending) => pending.token !== token);
    try {
      const { answer: video, news } = await this.#hearing(this.#api.patch({ videoId, patch }));
      // The stream may still have told the old words of a newer state.
      const list = withWords(withNews(withVideo(this.#list, video), news), video);
      this.#set({ ...list, pending: settled() });
      return video;
    } catch (error) {
      this.#set({ ...this.#list, pending: settled() });
      throw error;
    }
  }

  /** Hides videos at once and deletes them. Returns the ids that could not be deleted, which show again. */
  async remove(videoIds: readonly string[]): Promise<readonly string[]> {
    this.#set(hiding(this.#list, videoIds));
    const results = await Promise.allSettled(videoIds.map((id) => this.#api.remove(id)));
    const failed = videoIds.filter((_, index) => results[index]?.status === "rejected");
    this.#set(showing(this.#list, failed));
    return failed;
  }

  /** Brings deleted videos back. Rejects when one could not be. */
  async restore(videoIds: readonly string[]): Promise<void> {
    const results = await Promise.allSettled(videoIds.map((id) => this.#take(this.#api.restore(id))));
    const back = videoIds.filter((_, index) => results[index]?.status === "fulfilled");
    this.#set(showing(this.#list, back));
    const refused = results.find((result) => result.status === "rejected");
    if (refused) throw refused.reason;
  }

  /** Takes a row away whose upload was cancelled; the server ends the video with it. */
  drop(videoId: string): void {
    this.#set(hiding(withoutVideo(this.#list, videoId), [videoId]));
  }

  /** Starts a new run of a failed video. Rejects with the API's error. */
  async reprocess(videoId: string): Promise<void> {
    await this.#take(this.#api.reprocess(videoId));
  }

  /** Stops a video's processing. Throws `ApiError` `conflict` when nothing is being processed any more. */
  async cancelProcessing(videoId: string): Promise<void> {
    await this.#take(this.#api.cancelProcessing(videoId));
  }

  /** Takes what the stream tells of a video, and keeps it for the answers that are on their way and may be older. */
  #hear(videoId: string, video: VideoDto | null): void {
    for (const news of this.#meanwhile) news.set(videoId, video);
    this.#set(withNews(this.#list, new Map([[videoId, video]])));
  }

  /** Waits for an answer, and for what the stream tells until it is there: every change is told, so that is newer. */
  async #hearing<T>(asked: Promise<T>): Promise<{ answer: T; news: News }> {
    const news: News = new Map();
    this.#meanwhile.add(news);
    try {
      return { answer: await asked, news };
    } finally {
      this.#meanwhile.delete(news);
    }
  }

  /** Takes the video that the API answers with. Rejects with the API's error. */
  async #take(asked: Promise<VideoDto>): Promise<void> {
    const { answer, news } = await this.#hearing(asked);
    this.#set(withNews(withVideo(this.#list, answer), news));
  }

  #open(): void {
    this.#stop = this.#api.follow({
      onVideo: (video) => {
        if (gainsBytes(this.#list, video)) this.#moves(video.id);
        this.#hear(video.id, video);
      },
      onDeleted: (videoId) => this.#hear(videoId, null),
      onOpen: () => {
        this.#setLive(true);
        // On the first opening too: a moment has passed since the server drew the page.
        this.resync().catch(() => this.#setLive(false));
      },
      onLost: () => this.#setLive(false),
    });
  }

  /** One gain may be the last bytes of a tab that was just closed; a second one soon after means that somebody sends. */
  #moves(videoId: string): void {
    const again = this.#moving.has(videoId);
    clearTimeout(this.#moving.get(videoId));
    if (again && !this.#list.moving.has(videoId)) this.#set(withMoving(this.#list, { videoId, moves: true }));
    const stop = () => {
      this.#moving.delete(videoId);
      this.#set(withMoving(this.#list, { videoId, moves: false }));
    };
    this.#moving.set(videoId, setTimeout(stop, movingMs));
  }

  #setLive(live: boolean): void {
    this.#live = live;
    for (const listener of this.#listeners) listener();
  }

  #set(list: VideoList): void {
    if (list === this.#list) return;
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}
