import type { Readable } from "node:stream";
import { DataStore, Upload } from "@tus/server";
import { db } from "#lib/db/client.ts";
import { findUpload } from "#lib/db/queries/uploads/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#lib/metrics.ts";
import { createFolder } from "#lib/storage/durable-folder.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { receiveBytes } from "#lib/uploads/receive-bytes.ts";
import { reportProgress } from "#lib/uploads/report-progress.ts";
import { fileSize, uploadArea, uploadPath } from "#lib/uploads/upload-area.ts";
import { uploadLifetimeMs } from "#lib/uploads/upload-expiry.ts";

/** What the store needs from its surroundings. */
export type TusStoreOptions = {
  /** See `PostgresLocker.lostSignal`. */
  lostSignal: (uploadId: string) => AbortSignal | null;
  idleMs: number;
};

/**
 * The tus data store: rows in the database say what an upload is, one file in the upload area holds its bytes, and the
 * file's size is its offset. Replaces `@tus/file-store`, which never syncs and loses the last batch of a broken PATCH.
 */
export class TusStore extends DataStore {
  override extensions = ["creation", "creation-with-upload", "termination", "expiration"];
  readonly #options: TusStoreOptions;

  constructor(options: TusStoreOptions) {
    super();
    this.#options = options;
  }

  /** The row was made by `createUpload`; the file is made by the first byte. */
  override async create(upload: Upload): Promise<Upload> {
    await createFolder(uploadArea());
    return upload;
  }

  /**
   * The upload as it stands. Its creation date is told as now, because each PATCH prolongs its life and the library
   * derives `Upload-Expires` from that date.
   */
  override async getUpload(id: string): Promise<Upload> {
    const row = await findUpload(db(), id);
    if (row === null) throw new AppError("not_found");
    const offset = await offsetOf(row);
    const metadata = row.metadata;
    return new Upload({ id, size: row.sizeBytes, offset, metadata, creation_date: new Date().toISOString() });
  }

  /** Appends what comes and syncs it. Throws after having kept what came. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const row = await findUpload(db(), id);
    if (row === null) throw new AppError("not_found");
    if (row.state !== "receiving") return offset;
    const { videoId } = row;
    const received = await receiveBytes({
      path: uploadPath(id),
      stream,
      offset,
      idleMs: this.#options.idleMs,
      lost: this.#options.lostSignal(id),
      onProgress: (offsetBytes) => reportProgress({ uploadId: id, videoId, offsetBytes }),
    });
    metrics().uploadBytes.inc(received.offsetBytes - offset);
    reportProgress({ uploadId: id, videoId, offsetBytes: received.offsetBytes });
    if (received.fault !== null) throw received.fault;
    return received.offsetBytes;
  }

  /** Ends an unfinished upload; see `cancelUpload`. */
  override async remove(id: string): Promise<void> {
    await cancelUpload({ uploadId: id });
  }

  override getExpiration(): number {
    return uploadLifetimeMs;
  }
}

type OffsetRow = { id: string; state: string; sizeBytes: number; offsetBytes: number };

// The file's size can be trusted after a crash too: file systems raise it only when the bytes are on their way to disk.
const offsetOf = async ({ id, state, sizeBytes, offsetBytes }: OffsetRow): Promise<number> => {
  if (state === "stored" || state === "received") return sizeBytes;
  const size = await fileSize(uploadPath(id));
  if (size !== null) return size;
  if (offsetBytes === 0) return 0;
  throw new AppError("gone", { message: "The bytes of this upload are lost.", hint: "Start a new one." });
};
