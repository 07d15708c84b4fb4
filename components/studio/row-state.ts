import { assertNever } from "#components/studio/assert-never.ts";
import type { LocalUpload } from "#components/uploader/local-upload.ts";
import { remainingSeconds } from "#components/uploader/transfer-speed.ts";
import type { UploadProblem } from "#components/uploader/upload-problem.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { StudioRow } from "./studio-row.ts";

type Progress = NonNullable<VideoDto["progress"]>;

/** What the state cell of a row shows. `percent` is 0 to 100, speeds are bytes or media seconds per second. */
export type RowState =
  | { kind: "starting" }
  | { kind: "uploading"; percent: number; bytesPerSecond: number | null; secondsLeft: number | null; playable: boolean }
  | { kind: "paused"; percent: number }
  | { kind: "reconnecting"; percent: number }
  | { kind: "uploadProblem"; problem: UploadProblem; percent: number }
  /** Begun in an earlier tab or another browser; nothing moves here. */
  | { kind: "unfinished"; percent: number }
  /** Another tab or device carries it right now. */
  | { kind: "elsewhere"; percent: number }
  /** Every byte is in; the server has not said yet what it makes of it. */
  | { kind: "received" }
  | { kind: "waiting"; position: number | null; secondsLeft: number | null }
  | {
      kind: "processing";
      stage: Progress["stage"];
      percent: number;
      speed: number | null;
      secondsLeft: number | null;
      playable: boolean;
    }
  /** An admin took it down; its owner reads why. */
  | { kind: "takenDown"; reason: string }
  | { kind: "failed"; failure: NonNullable<VideoDto["failure"]> }
  | {
      kind: "ready";
      qualities: number;
      improving: {
        stage: Progress["stage"];
        percent: number;
        speed: number | null;
        secondsLeft: number | null;
      } | null;
    };

const share = ({ done, of }: { done: number; of: number }) => (of > 0 ? Math.min(100, (done / of) * 100) : 0);

const uploadState = (upload: LocalUpload, video: VideoDto | null): RowState => {
  const percent = share({ done: upload.sentBytes, of: upload.sizeBytes });
  switch (upload.phase) {
    case "queued":
      return upload.sentBytes > 0 ? { kind: "reconnecting", percent } : { kind: "starting" };
    case "sending": {
      const { bytesPerSecond } = upload.speed;
      const secondsLeft = remainingSeconds({ bytesLeft: upload.sizeBytes - upload.sentBytes, bytesPerSecond });
      return { kind: "uploading", percent, bytesPerSecond, secondsLeft, playable: video?.playable ?? false };
    }
    case "paused":
      return { kind: "paused", percent };
    case "reconnecting":
      return { kind: "reconnecting", percent };
    case "stopped":
      return { kind: "uploadProblem", problem: upload.problem ?? "refused", percent };
    case "sent":
      return { kind: "received" };
    default:
      return assertNever(upload.phase);
  }
};

const processingState = (video: VideoDto): RowState => {
  const { progress } = video;
  if (progress === null) return { kind: "waiting", position: null, secondsLeft: null };
  const { stage, percent, speed, etaSeconds } = progress;
  if (stage === "waiting") return { kind: "waiting", position: progress.queuePosition, secondsLeft: etaSeconds };
  return { kind: "processing", stage, percent, speed, secondsLeft: etaSeconds, playable: video.playable };
};

const readyState = ({ renditions, progress }: VideoDto): RowState => ({
  kind: "ready",
  qualities: new Set(renditions.filter(({ height }) => height > 0).map(({ name }) => name)).size,
  improving:
    progress === null
      ? null
      : {
          stage: progress.stage,
          percent: progress.percent,
          speed: progress.speed,
          secondsLeft: progress.etaSeconds,
        },
});

/** Derives the state of a row; while bytes travel from this page, the page knows better than the server. */
export const rowState = ({ video, upload, moving }: Pick<StudioRow, "video" | "upload" | "moving">): RowState => {
  if (upload !== null && (video === null || video.status === "uploading")) return uploadState(upload, video);
  if (video === null) return { kind: "starting" };
  if (video.takenDown !== null) return { kind: "takenDown", reason: video.takenDown.reason };
  switch (video.status) {
    case "uploading":
      return {
        kind: moving ? "elsewhere" : "unfinished",
        percent: video.upload === null ? 0 : share({ done: video.upload.offsetBytes, of: video.upload.sizeBytes }),
      };
    case "processing":
      return processingState(video);
    case "failed":
      return video.failure === null
        ? { kind: "waiting", position: null, secondsLeft: null }
        : { kind: "failed", failure: video.failure };
    case "ready":
      return readyState(video);
    default:
      return assertNever(video.status);
  }
};

/** Whether work on a row goes on or will go on by itself. */
export const isInProgress = (state: RowState): boolean =>
  state.kind !== "takenDown" &&
  state.kind !== "ready" &&
  state.kind !== "failed" &&
  state.kind !== "uploadProblem" &&
  state.kind !== "unfinished";
