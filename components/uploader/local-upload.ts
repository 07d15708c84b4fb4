import type { Visibility } from "#lib/videos/dto.ts";
import { idleTransfer, type TransferSpeed, takeSample } from "./transfer-speed.ts";
import type { UploadProblem } from "./upload-problem.ts";

/** What the browser itself found out about a chosen file. */
export type LocalStill = {
  /** Object address of a small JPEG; null for sound and for what this browser cannot decode. */
  posterUrl: string | null;
  durationMs: number | null;
  width: number | null;
  height: number | null;
};

/**
 * Where an upload of this page stands: `queued` until its first request is answered, `reconnecting` while it waits for the
 * network or the server and will go on by itself, `stopped` when a person has to do something, `sent` after the last byte.
 */
export type UploadPhase = "queued" | "sending" | "paused" | "reconnecting" | "stopped" | "sent";

/** One upload that this page carries, from the choice of the file on. */
export type LocalUpload = {
  id: string;
  /** Known from the answer to its creation on. */
  videoId: string | null;
  uploadUrl: string | null;
  fingerprint: string;
  filename: string;
  sizeBytes: number;
  title: string;
  visibility: Visibility;
  phase: UploadPhase;
  sentBytes: number;
  speed: TransferSpeed;
  problem: UploadProblem | null;
  still: LocalStill | null;
  /** Milliseconds since the epoch. */
  addedAtMs: number;
};

/** What can happen to the uploads of this page. */
export type UploadEvent =
  | { type: "added"; upload: LocalUpload }
  | { type: "created"; id: string; uploadUrl: string; videoId: string | null }
  | { type: "progress"; id: string; bytes: number; atMs: number }
  | { type: "queued" | "interrupted" | "paused" | "sent" | "removed" | "restarted"; id: string }
  | { type: "stopped"; id: string; problem: UploadProblem }
  | { type: "edited"; id: string; title?: string | undefined; visibility?: Visibility | undefined }
  | { type: "still"; id: string; still: LocalStill };

/** Phases in which bytes travel or will travel without anyone's doing. */
export const isActive = (upload: Pick<LocalUpload, "phase">): boolean =>
  upload.phase === "queued" || upload.phase === "sending" || upload.phase === "reconnecting";

const halted = (upload: LocalUpload, phase: UploadPhase): LocalUpload => ({
  ...upload,
  phase,
  speed: idleTransfer,
  problem: null,
});

const progressed = (upload: LocalUpload, { bytes, atMs }: { bytes: number; atMs: number }): LocalUpload => {
  // A last event of a request that was just aborted must not wake a paused row.
  if (upload.phase === "paused" || upload.phase === "stopped" || upload.phase === "sent") return upload;
  return {
    ...upload,
    phase: "sending",
    problem: null,
    sentBytes: Math.min(bytes, upload.sizeBytes),
    speed: takeSample(upload.speed, { atMs, bytes }),
  };
};

const next = (upload: LocalUpload, event: Exclude<UploadEvent, { type: "added" }>): LocalUpload => {
  switch (event.type) {
    case "created":
      return { ...upload, uploadUrl: event.uploadUrl, videoId: event.videoId ?? upload.videoId };
    case "progress":
      return progressed(upload, event);
    case "queued":
      return halted(upload, "queued");
    case "interrupted":
      return upload.phase === "sent" ? upload : halted(upload, "reconnecting");
    case "paused":
      return halted(upload, "paused");
    case "restarted":
      return { ...halted(upload, "queued"), uploadUrl: null, videoId: null, sentBytes: 0 };
    case "sent":
      return { ...halted(upload, "sent"), sentBytes: upload.sizeBytes };
    case "stopped":
      return { ...halted(upload, "stopped"), problem: event.problem };
    case "edited":
      return { ...upload, title: event.title ?? upload.title, visibility: event.visibility ?? upload.visibility };
    case "still":
      return { ...upload, still: event.still };
    case "removed":
      return upload;
  }
};

/** The uploads of this page after an event, newest first. Pure; unknown ids change nothing. */
export const reduceUploads = (uploads: readonly LocalUpload[], event: UploadEvent): readonly LocalUpload[] => {
  if (event.type === "added") return [event.upload, ...uploads];
  if (event.type === "removed") return uploads.filter((upload) => upload.id !== event.id);
  return uploads.map((upload) => (upload.id === event.id ? next(upload, event) : upload));
};
