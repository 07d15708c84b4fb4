import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import type { VideoParts } from "#lib/db/queries/videos/parts.ts";
import type { AssetRow, VideoRow } from "#lib/db/queries/videos/videos.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { mediaUrl, type PlaybackGrant } from "#lib/playback/media-url.ts";
import type { WatchableRun } from "#lib/processing/playable-runs.ts";
import { multivariantKey, thumbnailKey } from "#lib/storage/keys.ts";
import { isVideoCategory } from "#lib/videos/categories.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { failureText } from "#lib/videos/failure-text.ts";
import { mayEdit, mayPlay } from "#lib/videos/policy.ts";
import { type Surroundings, surroundingsOf } from "#lib/videos/video-surroundings.ts";

/** What a DTO is made of besides its row. */
export type ToVideoDto = {
  viewer: Viewer;
  /** Language of failure texts; absent: the account's, else English. */
  locale?: Locale | undefined;
  /** By which playback token the video was opened; its addresses hold no longer than that. */
  grant?: PlaybackGrant | undefined;
  /** What is stored beside the videos, where it was read with them. */
  parts?: VideoParts | undefined;
};

type Progress = VideoDto["progress"];
type Around = Surroundings & { viewer: Viewer; locale: Locale; now: Date; grant: PlaybackGrant | undefined };

/** Frames per second with two decimals from ffprobe's fraction ("30000/1001"), or null. */
const frameRateNumber = (fraction: string | null): number | null => {
  const [over = "", under = "1"] = (fraction ?? "").split("/");
  const rate = Number(over) / Number(under);
  return over !== "" && Number.isFinite(rate) ? Math.round(rate * 100) / 100 : null;
};

const renditionDto = (
  row: VideoParts["renditions"][number],
  run: WatchableRun | undefined,
): VideoDto["renditions"][number] => ({
  name: row.name,
  width: row.width ?? 0,
  height: row.height ?? 0,
  bandwidth: row.bandwidth,
  codecs: row.codecs,
  availableMs: run === undefined ? null : run.availableMs(row.name),
});

const assetDto = (row: AssetRow): VideoDto["assets"][number] => ({
  id: row.id,
  kind: row.kind,
  sizeBytes: row.sizeBytes,
  downloadUrl: `/api/v1/assets/${row.id}`,
});

/** The run whose files viewers get: the published one, else one that goes on and has something to play. */
const playedRunId = (row: VideoRow, around: Around): string | null =>
  mayPlay(around.viewer, row) ? (row.currentRunId ?? around.watchable.get(row.id)?.runId ?? null) : null;

/** Storyboard and preview belong to the published run; an optional step made them, or failed and left none. */
const stillUrls = (row: VideoRow, around: Around, url: (key: string) => string) => {
  const stills = around.stills.get(row.currentRunId ?? "") ?? [];
  const urlOf = (kind: AssetRow["kind"]) => {
    const key = stills.find((asset) => asset.kind === kind)?.key;
    return key === undefined ? null : url(key);
  };
  return { storyboardUrl: urlOf("storyboard"), previewUrl: urlOf("preview") };
};

const posterUrls = (
  { posterKey, posterWidths }: VideoRow,
  url: (key: string) => string,
): Pick<VideoDto["playback"], "posterUrl" | "thumbnails"> => {
  if (posterKey === null) return { posterUrl: null, thumbnails: [] };
  return {
    posterUrl: url(posterKey),
    thumbnails: posterWidths.map((width) => ({ url: url(thumbnailKey({ posterKey, width })), width })),
  };
};

const noPlayback: VideoDto["playback"] = {
  ...{ hlsUrl: null, posterUrl: null, thumbnails: [], dominantColor: null, storyboardUrl: null, previewUrl: null },
  ...{ captions: [], chapters: [] },
};

const playbackDto = (row: VideoRow, around: Around): VideoDto["playback"] => {
  if (!mayPlay(around.viewer, row)) return noPlayback;
  const { now, grant } = around;
  const runId = playedRunId(row, around);
  const url = (key: string) => mediaUrl({ key, video: row, now, grant });
  return {
    hlsUrl: runId === null ? null : url(multivariantKey({ videoId: row.id, runId })),
    ...posterUrls(row, url),
    dominantColor: row.dominantColor,
    ...stillUrls(row, around, url),
    captions: (around.captions.get(row.id) ?? []).map(({ id, language, label, key }) => ({
      ...{ id, language, label },
      url: url(key),
    })),
    chapters: [...(around.chapters.get(row.id) ?? [])],
  };
};

/** What only those who may edit a video learn of it. */
const editorPart = (row: VideoRow, around: Around) => {
  const upload = around.uploads.get(row.id);
  return {
    upload:
      upload === undefined ? null : { id: upload.id, offsetBytes: upload.offsetBytes, sizeBytes: upload.sizeBytes },
    failure: row.failureCode === null ? null : failureText({ code: row.failureCode, locale: around.locale }),
    sourceSizeBytes: row.sourceSizeBytes,
    assets: mayPlay(around.viewer, row) ? (around.assets.get(row.id) ?? []).map(assetDto) : [],
    duplicateOf: around.duplicates.get(row.id) ?? null,
    takenDown:
      row.takenDownAt === null ? null : { at: row.takenDownAt.toISOString(), reason: row.takedownReason ?? "" },
    editable: true,
  };
};

const readerPart = {
  upload: null,
  failure: null,
  sourceSizeBytes: null,
  assets: [],
  duplicateOf: null,
  takenDown: null,
  editable: false,
};

/** How it goes is told to everyone; which steps there are only to those who may edit. */
const progressDto = (row: VideoRow, around: Around): Progress => {
  const progress = around.progress.get(row.id);
  if (progress === undefined) return null;
  return mayEdit(around.viewer, row) ? progress : { ...progress, steps: [] };
};

const oneDto = (row: VideoRow, around: Around): VideoDto => ({
  id: row.id,
  title: row.title,
  description: row.description,
  tags: row.tags,
  category: isVideoCategory(row.category) ? row.category : null,
  language: row.language,
  visibility: row.visibility,
  status: row.status,
  playable: playedRunId(row, around) !== null,
  progress: progressDto(row, around),
  durationMs: row.durationMs,
  width: row.width,
  height: row.height,
  frameRate: frameRateNumber(row.frameRate),
  renditions: (around.renditions.get(playedRunId(row, around) ?? "") ?? []).map((rendition) =>
    renditionDto(rendition, around.watchable.get(row.id)),
  ),
  playback: playbackDto(row, around),
  channel: { id: row.channelId, handle: row.channelHandle, name: row.channelName },
  viewCount: row.viewCount,
  createdAt: row.createdAt.toISOString(),
  publishedAt: row.publishedAt?.toISOString() ?? null,
  ...(mayEdit(around.viewer, row) ? editorPart(row, around) : readerPart),
});

/**
 * What the viewer learns of several videos they may see, in the order given; see `surroundingsOf` for what it asks. Progress
 * is told to everyone, since a watch page says that more qualities are on the way; what is wrong with a file, its originals
 * and its uploads only to those who may edit.
 */
export const toVideoDtos = async (
  tx: DbOrTx,
  rows: readonly VideoRow[],
  { viewer, locale, grant, parts }: ToVideoDto,
): Promise<VideoDto[]> => {
  const around: Around = {
    ...(await surroundingsOf(tx, { rows, viewer, parts })),
    ...{ viewer, grant, now: new Date(), locale: locale ?? viewer?.locale ?? defaultLocale },
  };
  return rows.map((row) => oneDto(row, around));
};

/** What the viewer learns of one video they may see; see `toVideoDtos`. */
export const toVideoDto = async (tx: DbOrTx, row: VideoRow, options: ToVideoDto): Promise<VideoDto> => {
  const [dto] = await toVideoDtos(tx, [row], options);
  if (dto === undefined) throw new Error("one row makes one DTO");
  return dto;
};
