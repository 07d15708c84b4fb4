import type { Visibility } from "#lib/videos/dto.ts";

/** One file to carry to the server. */
export type TransportJob = {
  id: string;
  file: File;
  title: string;
  visibility: Visibility;
  /** JSON of wishes for a new upload; empty for none. */
  options: string;
  /** The channel of a new upload; empty for the account's first. */
  channelId: string;
  /** Address of an upload to continue; null to create one. */
  uploadUrl: string | null;
};

/** What a transport tells about its jobs. */
export type TransportEvents = {
  /** The server has an upload for the job; comes again with the same address when one is continued. */
  onCreated(event: { id: string; uploadUrl: string; videoId: string | null }): void;
  /** `bytes` that have left this browser, counted from the file's start. */
  onProgress(event: { id: string; bytes: number }): void;
  /** A request failed and is tried again soon. */
  onRetrying(event: { id: string }): void;
  onSent(event: { id: string }): void;
  /** The transport gave up; the job is detached. `status` is null when no answer came. */
  onFailed(event: { id: string; status: number | null; body: string }): void;
};

/** Carries files; knows nothing of rows, retries by hand or people. */
export type UploadTransport = {
  send(job: TransportJob): void;
  /** Stops carrying the job; what the server has is kept. Nothing is told about it afterwards. */
  detach(id: string): void;
  /** True while a request to create the upload is on its way: detaching now would leave an unknown one on the server. */
  isCreating(id: string): boolean;
};
