import type { LocalUpload } from "#components/uploader/local-upload.ts";
import type { VideoDto, Visibility } from "#lib/videos/dto.ts";

/** One row of the studio's table: a video the server knows, an upload of this page, or both in one. */
export type StudioRow = {
  /** Stays the same from the choice of the file on, so that nothing typed or focused in the row is lost. */
  key: string;
  videoId: string | null;
  title: string;
  visibility: Visibility;
  /** Milliseconds since the epoch. */
  createdAtMs: number;
  durationMs: number | null;
  width: number | null;
  height: number | null;
  frameRate: number | null;
  sizeBytes: number | null;
  posterUrl: string | null;
  /** Small copies of what the server made; none of what this browser read from the file. */
  thumbnails: VideoDto["playback"]["thumbnails"];
  dominantColor: string | null;
  video: VideoDto | null;
  upload: LocalUpload | null;
  /** Bytes arrive at the server, from here or from elsewhere. */
  moving: boolean;
};

const rowOf = ({
  video,
  upload,
  key,
  moving,
}: {
  video: VideoDto | null;
  upload: LocalUpload | null;
  key: string;
  moving: boolean;
}): StudioRow => ({
  key,
  videoId: video?.id ?? upload?.videoId ?? null,
  title: video?.title ?? upload?.title ?? "",
  visibility: video?.visibility ?? upload?.visibility ?? "private",
  createdAtMs: video ? Date.parse(video.createdAt) : (upload?.addedAtMs ?? 0),
  durationMs: video?.durationMs ?? upload?.still?.durationMs ?? null,
  width: video?.width ?? upload?.still?.width ?? null,
  height: video?.height ?? upload?.still?.height ?? null,
  frameRate: video?.frameRate ?? null,
  sizeBytes: video?.sourceSizeBytes ?? video?.upload?.sizeBytes ?? upload?.sizeBytes ?? null,
  posterUrl: video?.playback.posterUrl ?? upload?.still?.posterUrl ?? null,
  thumbnails: video?.playback.thumbnails ?? [],
  dominantColor: video?.playback.dominantColor ?? null,
  video,
  upload,
  moving,
});

/** Keys of rows whose video began as an upload of this page: video id to row key. Remembered after the upload is gone. */
export const withRowKeys = (
  keys: ReadonlyMap<string, string>,
  uploads: readonly LocalUpload[],
): ReadonlyMap<string, string> => {
  const news = uploads.flatMap(({ id, videoId }) =>
    videoId === null || keys.has(videoId) ? [] : [[videoId, id] as const],
  );
  return news.length === 0 ? keys : new Map([...keys, ...news]);
};

/**
 * Merges what the server says with what this page uploads: uploads that the server does not know yet stand first, newest on
 * top, then the videos in the order given, each with its upload when this page carries it.
 */
export const studioRows = ({
  videos,
  uploads,
  keys,
  moving = new Set(),
}: {
  videos: readonly VideoDto[];
  uploads: readonly LocalUpload[];
  keys: ReadonlyMap<string, string>;
  /** Ids of videos whose upload moves. */
  moving?: ReadonlySet<string>;
}): StudioRow[] => {
  const known = new Set(videos.map(({ id }) => id));
  const alone = uploads.filter(({ videoId, phase }) => (videoId === null || !known.has(videoId)) && phase !== "sent");
  return [
    ...alone.map((upload) => rowOf({ video: null, upload, key: upload.id, moving: true })),
    ...videos.map((video) => {
      const upload = uploads.find(({ videoId }) => videoId === video.id) ?? null;
      return rowOf({ video, upload, key: upload?.id ?? keys.get(video.id) ?? video.id, moving: moving.has(video.id) });
    }),
  ];
};
