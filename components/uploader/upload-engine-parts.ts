import type { VideoPatch, Visibility } from "#lib/videos/dto.ts";
import type { LocalStill } from "./local-upload.ts";
import type { FileRefusal } from "./media-file.ts";
import type { ResumeRecords } from "./resume-records.ts";
import type { TransportEvents, UploadTransport } from "./upload-transport.ts";

/** An unfinished upload of an earlier tab that the next chosen file shall continue. */
export type ContinuedUpload = {
  videoId: string;
  uploadUrl: string;
  sizeBytes: number;
  offsetBytes: number;
  title: string;
  visibility: Visibility;
};

/** A chosen file that was not taken, and why. */
export type RefusedFile = { name: string; reason: FileRefusal };

/** What the engine needs from outside. */
export type UploadEngineParts = {
  openTransport(events: TransportEvents): Promise<UploadTransport>;
  records: ResumeRecords;
  /** JSON of what is wished of files that are taken now; empty for none. */
  options(): string;
  /** The channel of files that are taken now; empty for the account's first. */
  channelId(): string;
  takeStill(file: File): Promise<LocalStill>;
  editVideo(edit: { videoId: string; patch: VideoPatch }): Promise<unknown>;
  /** Ends an upload on the server (tus termination). */
  endUpload(uploadUrl: string): Promise<void>;
  now(): number;
  newId(): string;
};
