import type { VideoPatch, Visibility } from "#lib/videos/dto.ts";
import { isActive, type LocalUpload, reduceUploads, type UploadEvent } from "./local-upload.ts";
import { type FileRefusal, fingerprintOf, mayBeMedia, titleFromFilename } from "./media-file.ts";
import { idleTransfer } from "./transfer-speed.ts";
import type { ContinuedUpload, RefusedFile, UploadEngineParts } from "./upload-engine-parts.ts";
import { uploadFault } from "./upload-problem.ts";
import type { TransportEvents, UploadTransport } from "./upload-transport.ts";

type Intent = "pause" | "cancel";
type Private = {
  file: File;
  retries: number;
  intent: Intent | null;
  sentTitle: string;
  sentVisibility: Visibility;
  movedAtMs: number;
  resumed: boolean;
  options: string;
  channelId: string;
};

const retryDelaysMs = [3_000, 6_000, 12_000, 20_000, 30_000];
const stallMs = 45_000;
/** After the last byte the server makes the file safe before it answers, which a large one may take a while for. */
const lastAnswerMs = 300_000;
const tickMs = 250;

/**
 * Life cycle of all uploads of this page: takes files, carries them through the transport, goes on after the network was
 * gone, and tells its state to whoever subscribes. It outlives single pages, so that moving about does not stop an upload.
 */
export class UploadEngine {
  readonly #parts: UploadEngineParts;
  readonly #private = new Map<string, Private>();
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #uploads: readonly LocalUpload[] = [];
  #transport: Promise<UploadTransport> | null = null;
  #open: UploadTransport | null = null;
  #stills: Promise<unknown> = Promise.resolve();
  #watch: ReturnType<typeof setInterval> | null = null;

  constructor(parts: UploadEngineParts) {
    this.#parts = parts;
  }

  /** The uploads as they are now; the same array until something changes. */
  readonly snapshot = (): readonly LocalUpload[] => this.#uploads;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes files: each has its row at once. Returns what was not taken. */
  add(files: readonly File[]): readonly RefusedFile[] {
    return files.flatMap((file) => {
      const reason = this.#refusal(file);
      if (reason !== null) return [{ name: file.name, reason }];
      const record = this.#parts.records.find(fingerprintOf(file));
      this.#take(file, { uploadUrl: record?.uploadUrl ?? null, videoId: record?.videoId ?? null });
      return [];
    });
  }

  /** Whether the file goes on with an upload that the server has begun: its room is set aside already. */
  isBegun(file: File): boolean {
    return this.#parts.records.find(fingerprintOf(file)) !== null;
  }

  /** Continues an upload of an earlier tab with `file`. Returns false when the file cannot be the same. */
  continueWith({ file, upload }: { file: File; upload: ContinuedUpload }): boolean {
    if (file.size !== upload.sizeBytes) return false;
    const { videoId, uploadUrl, title, visibility } = upload;
    this.#take(file, { uploadUrl, videoId, title, visibility, sentBytes: upload.offsetBytes });
    return true;
  }

  pause(id: string): void {
    const upload = this.#find(id);
    if (!upload || !isActive(upload)) return;
    this.#clearTimer(id);
    this.#dispatch({ type: "paused", id });
    this.#detachOrWait(id, "pause");
  }

  /** Goes on with a paused, waiting or stopped upload. */
  resume(id: string): void {
    const upload = this.#find(id);
    const inner = this.#private.get(id);
    if (!upload || !inner || upload.phase === "sent") return;
    this.#clearTimer(id);
    inner.retries = 0;
    const stillCreating = inner.intent === "pause";
    inner.intent = null;
    if (upload.problem === "gone") {
      this.#parts.records.remove(upload.fingerprint);
      this.#dispatch({ type: "restarted", id });
    } else this.#dispatch({ type: "queued", id });
    if (!stillCreating) this.#send(id);
  }

  /** Ends an upload here and on the server. Rejects when the server could not be told; the row is gone here all the same. */
  async cancel(id: string): Promise<void> {
    const upload = this.#find(id);
    if (!upload) return;
    this.#clearTimer(id);
    this.#parts.records.remove(upload.fingerprint);
    const waiting = this.#detachOrWait(id, "cancel");
    this.#dispatch({ type: "removed", id });
    if (!waiting) this.#private.delete(id);
    this.#revoke(upload);
    if (upload.uploadUrl !== null && !waiting) await this.#parts.endUpload(upload.uploadUrl);
  }

  /** Changes title or visibility before the server knows the video; afterwards videos are edited through the API. */
  edit({ id, ...patch }: { id: string; title?: string | undefined; visibility?: Visibility | undefined }): void {
    this.#dispatch({ type: "edited", id, ...patch });
  }

  /** Drops what is kept of an upload whose video has its own poster now. */
  forget(id: string): void {
    const upload = this.#find(id);
    if (upload?.phase !== "sent") return;
    this.#dispatch({ type: "removed", id });
    this.#private.delete(id);
    this.#revoke(upload);
  }

  /** The network is gone: stops requests that would hang, and waits. */
  readonly offline = (): void => {
    for (const { id, phase } of this.#uploads) {
      if (phase === "queued" || phase === "sending") this.#interrupt(id, { retry: false });
    }
  };

  /** The network is back: everything that waits goes on. */
  readonly online = (): void => {
    for (const { id, phase } of this.#uploads) if (phase === "reconnecting") this.resume(id);
  };

  #refusal(file: File): FileRefusal | null {
    if (file.size === 0) return "empty";
    if (!mayBeMedia(file)) return "not_media";
    const fingerprint = fingerprintOf(file);
    return this.#uploads.some((upload) => upload.fingerprint === fingerprint && upload.phase !== "sent")
      ? "duplicate"
      : null;
  }

  #take(
    file: File,
    known: {
      uploadUrl: string | null;
      videoId: string | null;
      title?: string;
      visibility?: Visibility;
      sentBytes?: number;
    },
  ): void {
    const id = this.#parts.newId();
    const title = known.title ?? titleFromFilename(file.name);
    const visibility = known.visibility ?? "private";
    this.#private.set(id, {
      file,
      retries: 0,
      intent: null,
      sentTitle: title,
      sentVisibility: visibility,
      movedAtMs: this.#parts.now(),
      resumed: known.uploadUrl !== null,
      options: this.#parts.options(),
      channelId: this.#parts.channelId(),
    });
    const upload: LocalUpload = {
      id,
      videoId: known.videoId,
      uploadUrl: known.uploadUrl,
      fingerprint: fingerprintOf(file),
      filename: file.name,
      sizeBytes: file.size,
      title,
      visibility,
      phase: "queued",
      sentBytes: known.sentBytes ?? 0,
      speed: idleTransfer,
      problem: null,
      still: null,
      addedAtMs: this.#parts.now(),
    };
    this.#dispatch({ type: "added", upload });
    if (known.uploadUrl !== null) this.#remember(upload);
    this.#queueStill(id, file);
    this.#send(id);
  }

  /** One still at a time: decoding several large files at once makes a small machine stutter. */
  #queueStill(id: string, file: File): void {
    this.#stills = this.#stills
      .then(() => this.#parts.takeStill(file))
      .then((still) => {
        if (this.#find(id)) this.#dispatch({ type: "still", id, still });
        else if (still.posterUrl !== null) URL.revokeObjectURL(still.posterUrl);
      });
  }

  #send(id: string): void {
    this.#transport ??= this.#parts.openTransport(this.#events()).then((transport) => {
      this.#open = transport;
      return transport;
    });
    this.#watchForStalls();
    this.#transport.then(
      (transport) => {
        const upload = this.#find(id);
        const inner = this.#private.get(id);
        if (!upload || !inner || upload.phase !== "queued") return;
        const { title, visibility, uploadUrl } = upload;
        Object.assign(inner, { movedAtMs: this.#parts.now(), sentTitle: title, sentVisibility: visibility });
        const { file, options, channelId } = inner;
        transport.send({ id, file, title, visibility, uploadUrl, options, channelId });
      },
      () => {
        // The code of the transport could not be loaded: the server or the network is away.
        this.#transport = null;
        this.#interrupt(id, { retry: true });
      },
    );
  }

  #events(): TransportEvents {
    return {
      onCreated: (event) => this.#created(event),
      onProgress: (event) => this.#progress(event),
      onRetrying: ({ id }) => this.#dispatch({ type: "interrupted", id }),
      onSent: ({ id }) => this.#sent(id),
      onFailed: (event) => void this.#failed(event),
    };
  }

  #created({ id, uploadUrl, videoId }: { id: string; uploadUrl: string; videoId: string | null }): void {
    const inner = this.#private.get(id);
    const upload = this.#find(id);
    if (inner?.intent === "cancel") {
      this.#open?.detach(id);
      this.#private.delete(id);
      // Nobody waits for it; when it fails the upload shows as an unfinished one, to be ended by hand.
      this.#parts.endUpload(uploadUrl).catch(() => undefined);
      return;
    }
    if (!upload || !inner) return;
    inner.movedAtMs = this.#parts.now();
    this.#dispatch({ type: "created", id, uploadUrl, videoId });
    const known = this.#find(id);
    if (known) this.#remember(known);
    if (inner.intent === "pause") {
      inner.intent = null;
      this.#open?.detach(id);
    }
    this.#flushEdits(id);
  }

  #remember({ fingerprint, uploadUrl, videoId }: LocalUpload): void {
    if (uploadUrl !== null) this.#parts.records.put({ fingerprint, uploadUrl, videoId, savedAtMs: this.#parts.now() });
  }

  /** Sends what was changed between the request that created the upload and its answer. */
  #flushEdits(id: string): void {
    const upload = this.#find(id);
    const inner = this.#private.get(id);
    if (!upload?.videoId || !inner) return;
    const patch: VideoPatch = {
      ...(upload.title === inner.sentTitle ? {} : { title: upload.title }),
      ...(upload.visibility === inner.sentVisibility ? {} : { visibility: upload.visibility }),
    };
    if (Object.keys(patch).length === 0) return;
    inner.sentTitle = upload.title;
    inner.sentVisibility = upload.visibility;
    // The row then shows the server's title again, which is the truth.
    this.#parts.editVideo({ videoId: upload.videoId, patch }).catch(() => undefined);
  }

  #progress({ id, bytes }: { id: string; bytes: number }): void {
    const inner = this.#private.get(id);
    const upload = this.#find(id);
    if (!inner || !upload) return;
    const atMs = this.#parts.now();
    const soon = atMs - inner.movedAtMs < tickMs && upload.phase === "sending" && bytes < upload.sizeBytes;
    if (soon) return;
    inner.movedAtMs = atMs;
    inner.retries = 0;
    this.#dispatch({ type: "progress", id, bytes, atMs });
  }

  #sent(id: string): void {
    const upload = this.#find(id);
    if (upload) this.#parts.records.remove(upload.fingerprint);
    this.#dispatch({ type: "sent", id });
  }

  async #failed({ id, status, body }: { id: string; status: number | null; body: string }): Promise<void> {
    const inner = this.#private.get(id);
    const upload = this.#find(id);
    if (!inner || !upload || upload.phase === "paused") return;
    const fault = uploadFault({ status, body });
    if (fault.kind === "transient") {
      // A file that was changed or removed on disk fails like a lost network, but would do so for ever.
      if (status === null && !(await isReadable(inner.file)))
        this.#dispatch({ type: "stopped", id, problem: "file_unreadable" });
      else this.#interrupt(id, { retry: true });
      return;
    }
    if (fault.problem === "gone" && inner.resumed) {
      // What an earlier tab had begun was cleared away meanwhile: begin anew without a question.
      inner.resumed = false;
      this.#parts.records.remove(upload.fingerprint);
      this.#dispatch({ type: "restarted", id });
      this.#send(id);
      return;
    }
    this.#dispatch({ type: "stopped", id, problem: fault.problem });
  }

  #interrupt(id: string, { retry }: { retry: boolean }): void {
    const inner = this.#private.get(id);
    if (!inner) return;
    this.#open?.detach(id);
    this.#dispatch({ type: "interrupted", id });
    if (!retry) return;
    const delay = retryDelaysMs[Math.min(inner.retries, retryDelaysMs.length - 1)] ?? 30_000;
    inner.retries += 1;
    this.#clearTimer(id);
    this.#timers.set(
      id,
      setTimeout(() => {
        this.#timers.delete(id);
        if (this.#find(id)?.phase !== "reconnecting") return;
        this.#dispatch({ type: "queued", id });
        this.#send(id);
      }, delay),
    );
  }

  /** Detaches at once, or marks what shall happen when the answer to the creation is in. Returns whether it waits. */
  #detachOrWait(id: string, intent: Intent): boolean {
    const inner = this.#private.get(id);
    if (inner && this.#open?.isCreating(id)) {
      inner.intent = intent;
      return true;
    }
    this.#open?.detach(id);
    return false;
  }

  /** Some networks die without telling: a request that has not moved for long is made anew. */
  #watchForStalls(): void {
    this.#watch ??= setInterval(() => {
      const moving = this.#uploads.filter(({ phase }) => phase === "sending");
      for (const { id, sentBytes, sizeBytes } of moving) {
        const inner = this.#private.get(id);
        if (inner && this.#parts.now() - inner.movedAtMs > (sentBytes < sizeBytes ? stallMs : lastAnswerMs))
          this.#interrupt(id, { retry: true });
      }
      if (!this.#uploads.some(isActive) && this.#watch !== null) {
        clearInterval(this.#watch);
        this.#watch = null;
      }
    }, 5_000);
  }

  #clearTimer(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #revoke(upload: LocalUpload): void {
    if (upload.still?.posterUrl) URL.revokeObjectURL(upload.still.posterUrl);
  }

  #find(id: string): LocalUpload | undefined {
    return this.#uploads.find((upload) => upload.id === id);
  }

  #dispatch(event: UploadEvent): void {
    this.#uploads = reduceUploads(this.#uploads, event);
    for (const listener of this.#listeners) listener();
  }
}

const isReadable = async (file: File): Promise<boolean> => {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    // The browser refuses to read a file that is gone or was changed since it was chosen.
    return false;
  }
};
