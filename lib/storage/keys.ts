/** Key of a kept original. One per upload, so that a replaced file never overwrites its predecessor. */
export const originalKey = ({ videoId, uploadId }: { videoId: string; uploadId: string }): string =>
  `originals/${videoId}/${uploadId}`;

/** The upload whose bytes lie under an original's key, or null when it is no original's key. */
export const uploadIdOfOriginal = (key: string): string | null =>
  /^originals\/[0-9a-f-]{36}\/([0-9a-f-]{36})$/.exec(key)?.[1] ?? null;

/** Prefix of every original of a video. */
export const originalsPrefix = (videoId: string): string => `originals/${videoId}/`;

/** Prefix of everything that any run of a video wrote. */
export const videoRunsPrefix = (videoId: string): string => `runs/${videoId}/`;

/** Prefix of everything one run writes; the run's id keeps generations apart. */
export const runPrefix = ({ videoId, runId }: RunRef): string => `runs/${videoId}/${runId}/`;

/** Prefix of every file made from a video on request. */
export const videoExportsPrefix = (videoId: string): string => `exports/${videoId}/`;

/** Every prefix under which files of a video lie. */
export const videoPrefixes = (videoId: string): readonly string[] => [
  videoRunsPrefix(videoId),
  videoExportsPrefix(videoId),
  originalsPrefix(videoId),
];

/** Prefix of the files of one export; each attempt writes one of its own. */
export const exportPrefix = ({ videoId, exportId }: ExportRef): string => `${videoExportsPrefix(videoId)}${exportId}/`;

/** Key of the file with all that is kept of an account. */
export const accountExportKey = ({ userId, exportId }: { userId: string; exportId: string }): string =>
  `exports/accounts/${userId}/${exportId}.zip`;

/** An export and the video it belongs to. */
export type ExportRef = { videoId: string; exportId: string };

/** Key of a sound file. */
export const exportKey = (attempt: ExportRef & { attemptId: string }): string =>
  `${exportPrefix(attempt)}${attempt.attemptId}.mp3`;

/** A run and the video it belongs to. */
export type RunRef = { videoId: string; runId: string };

/** Key of the multivariant playlist. */
export const multivariantKey = (run: RunRef): string => `${runPrefix(run)}index.m3u8`;

/** Name, beside the multivariant playlist, of the one that lists what is planned; while the run goes on only. */
export const plannedPlaylistName = "planned.m3u8";

/** Key of a rendition's media playlist. */
export const mediaPlaylistKey = (run: RunRef & { rendition: string }): string =>
  `${runPrefix(run)}${run.rendition}/index.m3u8`;

/** Key of a rendition's init segment. */
export const initKey = (run: RunRef & { rendition: string }): string => `${runPrefix(run)}${run.rendition}/init.mp4`;

/** Key of a segment: a pure function of run, rendition and index. */
export const segmentKey = (run: RunRef & { rendition: string; index: number }): string =>
  `${runPrefix(run)}${run.rendition}/${segmentName(run.index)}`;

/** File name of the segment with that index, counted from 0. */
export const segmentName = (index: number): string => `${String(index).padStart(5, "0")}.m4s`;

/** Key of a run's poster. */
export const posterKey = (run: RunRef): string => `${runPrefix(run)}poster.jpg`;

/** Key of a poster that a run proposes; 0 is the automatic one. */
export const posterProposalKey = (run: RunRef & { index: number }): string =>
  run.index === 0 ? posterKey(run) : `${runPrefix(run)}poster-${run.index}.jpg`;

/** Key of a poster that somebody chose: delivered like a run's files, but no run's removal takes it. */
export const chosenPosterKey = ({ videoId, posterId }: { videoId: string; posterId: string }): string =>
  `${chosenPostersPrefix(videoId)}${posterId}.jpg`;

/** Prefix of all posters that somebody chose for a video. */
export const chosenPostersPrefix = (videoId: string): string => `${videoRunsPrefix(videoId)}posters/`;

/** Key of a picture as somebody sent it, until it is re-encoded; never delivered, and removed with the originals. */
export const sentImageKey = ({ videoId, imageId }: { videoId: string; imageId: string }): string =>
  `${sentImagesPrefix(videoId)}${imageId}`;

/** Prefix of all pictures that somebody sent for a video. */
export const sentImagesPrefix = (videoId: string): string => `${originalsPrefix(videoId)}images/`;

/**
 * Key of a marked poster's unmarked picture, from which another mark can be laid over it. Its ending is none that is
 * delivered: viewers never get it.
 */
export const cleanPosterKey = (posterKey: string): string => posterKey.replace(/\.jpg$/, ".clean");

/** Key of a poster's small copy of that width in pixels; made of what viewers see, so a marked poster's carries the mark. */
export const thumbnailKey = ({ posterKey, width }: { posterKey: string; width: number }): string =>
  posterKey.replace(/\.jpg$/, `-w${width}.webp`);

/** Key of the sprites' index. */
export const storyboardKey = (run: RunRef): string => `${runPrefix(run)}storyboard.vtt`;

/** Key of one sheet of sprites. */
export const storyboardSheetKey = (run: RunRef & { index: number }): string =>
  `${runPrefix(run)}${storyboardSheetName(run.index)}`;

/** File name of one sheet of sprites, as the index names it. */
export const storyboardSheetName = (index: number): string => `storyboard-${index}.jpg`;

/** Key of the copy that chunks of an original without an index are read from; goes when the run ends, never delivered. */
export const pictureCopyKey = (run: RunRef): string => `${runPrefix(run)}picture.nut`;

/** Key of the few seconds that move on cards. */
export const previewKey = (run: RunRef): string => `${runPrefix(run)}preview.mp4`;

/** Prefix of everything of one mark: its images, and what was sent until it is drawn. */
export const watermarkPrefix = (watermarkId: string): string => `watermarks/${watermarkId}/`;

/** Key of a mark's drawn or re-encoded image; each drawing has one of its own. */
export const watermarkImageKey = ({ watermarkId, drawingId }: { watermarkId: string; drawingId: string }): string =>
  `${watermarkPrefix(watermarkId)}${drawingId}.png`;

/** Key of an image as somebody sent it, until it is re-encoded; never delivered. */
export const sentWatermarkKey = ({ watermarkId, drawingId }: { watermarkId: string; drawingId: string }): string =>
  `${watermarkPrefix(watermarkId)}${drawingId}.sent`;

/** Prefix of all caption files of a video: beside its runs, because captions outlive them. */
export const captionsPrefix = (videoId: string): string => `${videoRunsPrefix(videoId)}captions/`;

/** Key of a caption file. Never overwritten: new words get a new version, which is an id when they were written by hand. */
export const captionKey = (input: { videoId: string; captionId: string; version: number | string }): string =>
  `${captionsPrefix(input.videoId)}${input.captionId}-${input.version}.vtt`;

/** Which version of its track a caption file is: what follows the track's id in its name. */
export const captionVersion = (key: string): string => key.slice(key.lastIndexOf("/") + 38, -".vtt".length);

/** Prefix of all pictures of an account: the one that is shown, and what was sent until it is re-encoded. */
export const avatarsPrefix = (userId: string): string => `avatars/${userId}/`;

/** Key of an account's re-encoded picture; each has one of its own and is never overwritten. */
export const avatarKey = ({ userId, avatarId }: { userId: string; avatarId: string }): string =>
  `${avatarsPrefix(userId)}${avatarId}.webp`;

/** The id in the key of a re-encoded picture; null for every other key. */
export const avatarIdOf = (key: string): string | null =>
  /^avatars\/[0-9a-f-]{36}\/([0-9a-f-]{36})\.webp$/.exec(key)?.[1] ?? null;

/** Key of a picture as an account sent it, until it is re-encoded; never delivered. */
export const sentAvatarKey = ({ userId, avatarId }: { userId: string; avatarId: string }): string =>
  `${avatarsPrefix(userId)}${avatarId}.sent`;
