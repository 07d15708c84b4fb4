import type { LocalUpload } from "#components/uploader/local-upload.ts";
import { idleTransfer } from "#components/uploader/transfer-speed.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** A ready video for tests; `over` changes it. */
export const sampleVideo = (over: Partial<VideoDto> = {}): VideoDto => ({
  id: "0192f000-0000-7000-8000-000000000001",
  title: "A year in one valley",
  description: "",
  tags: [],
  category: null,
  language: null,
  visibility: "private",
  status: "ready",
  playable: true,
  progress: null,
  upload: null,
  failure: null,
  durationMs: 8_000,
  width: 1920,
  height: 1080,
  frameRate: 25,
  sourceSizeBytes: 1_000,
  renditions: [],
  playback: {
    hlsUrl: null,
    posterUrl: null,
    thumbnails: [],
    dominantColor: null,
    storyboardUrl: null,
    previewUrl: null,
    captions: [],
    chapters: [],
  },
  assets: [],
  duplicateOf: null,
  viewCount: 0,
  takenDown: null,
  channel: { id: "0192f000-0000-7000-8000-0000000000c1", handle: "olena", name: "Olena" },
  editable: true,
  createdAt: "2026-11-20T10:00:00.000Z",
  publishedAt: null,
  ...over,
});

/** An upload of this page for tests, on its way. */
export const sampleUpload = (over: Partial<LocalUpload> = {}): LocalUpload => ({
  id: "local-1",
  videoId: null,
  uploadUrl: null,
  fingerprint: "clip.mp4|1000|1",
  filename: "clip.mp4",
  sizeBytes: 1_000,
  title: "clip",
  visibility: "private",
  phase: "sending",
  sentBytes: 250,
  speed: idleTransfer,
  problem: null,
  still: null,
  addedAtMs: 1,
  ...over,
});
