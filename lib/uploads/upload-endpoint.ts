import { Server } from "@tus/server";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { finishUpload } from "#lib/uploads/finish-upload.ts";
import { createPostgresLocker } from "#lib/uploads/postgres-locker.ts";
import { requireOwnUpload } from "#lib/uploads/require-own-upload.ts";
import { faultOfStatus, faultResponse, tusFault } from "#lib/uploads/tus-fault.ts";
import { TusStore } from "#lib/uploads/tus-store.ts";
import { freeUploadBytes } from "#lib/uploads/upload-area.ts";
import { parseUploadMetadata, type UploadMetadata } from "#lib/uploads/upload-metadata.ts";

const basePath = "/api/v1/uploads";
const videoIdHeader = "Kinora-Video-Id";

/** A tus request with who sent it. */
export type UploadRequest = { request: Request; viewer: Viewer; requestId: string };

/** What is known of a request while the tus library handles it. */
type Call = UploadRequest & {
  uploadId: string | null;
  creation: { sizeBytes: number; metadata: UploadMetadata } | null;
  videoId: string | null;
  error: AppError | null;
};

/** The tus endpoint of one process. */
export type UploadEndpoint = { handle: (input: UploadRequest) => Promise<Response>; close: () => Promise<void> };

/** What may differ in tests. */
export type UploadEndpointOptions = {
  freeBytes: () => Promise<number | null>;
  /** How long a request may wait for another one to let go of its upload. */
  lockTimeoutMs: number;
  /** How long an asked holder may go on. */
  drainMs: number;
  /** How long a silent client keeps an upload. */
  idleMs: number;
};

const defaults: UploadEndpointOptions = {
  freeBytes: freeUploadBytes,
  lockTimeoutMs: 10_000,
  drainMs: 500,
  idleMs: 60_000,
};

/**
 * The id in the path, and nowhere else: the tus library takes what stands behind the last slash of the whole address, so
 * that `PATCH /A?x=/B` would write to B. Null for the collection. Throws `not_found` for any other path.
 */
const uploadIdOf = (request: Request): string | null => {
  const { pathname } = new URL(request.url);
  if (pathname === basePath || pathname === `${basePath}/`) return null;
  const match = /^\/api\/v1\/uploads\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname);
  if (match?.[1] === undefined) throw new AppError("not_found");
  return match[1];
};

const requireProtocol = (request: Request): void => {
  if (request.headers.get("tus-resumable") !== "1.0.0") throw faultOfStatus(412);
  if (request.method === "PATCH" && request.headers.get("content-type") !== "application/offset+octet-stream") {
    throw new AppError("unsupported_media_type", { hint: "Send Content-Type: application/offset+octet-stream." });
  }
};

const creationOf = (request: Request): Call["creation"] => {
  if (request.headers.has("upload-defer-length")) {
    throw new AppError("invalid_input", {
      message: "Upload-Defer-Length is not supported.",
      hint: "Send the file's size in Upload-Length.",
    });
  }
  const length = request.headers.get("upload-length");
  if (length === null || !/^\d{1,16}$/.test(length) || !Number.isSafeInteger(Number(length))) {
    throw new AppError("invalid_input", { message: "Upload-Length must be the file's size in bytes." });
  }
  return { sizeBytes: Number(length), metadata: parseUploadMetadata(request.headers.get("upload-metadata")) };
};

/** Checks a request before the tus library sees it, and gives what its hooks need. */
const admit = async (input: UploadRequest): Promise<Call> => {
  const { request, viewer } = input;
  const uploadId = uploadIdOf(request);
  const call: Call = { ...input, uploadId, creation: null, videoId: null, error: null };
  if (request.method === "OPTIONS") return call;
  if (viewer === null) throw new AppError("unauthenticated");
  if ((request.method === "POST") !== (uploadId === null)) throw new AppError("method_not_allowed");
  requireProtocol(request);
  if (uploadId === null) return { ...call, uploadId: newId(), creation: creationOf(request) };
  await requireOwnUpload({ viewer, uploadId });
  return call;
};

/** The upload is complete whatever happens here: what fails now is done by `reconcileUploads` within a minute. */
const finishQuietly = async (uploadId: string): Promise<void> => {
  try {
    await finishUpload({ uploadId });
  } catch (error) {
    log().error({ "event.action": "upload.finish_failed", uploadId, err: error }, "left to the reconciler");
  }
};

const logFault = (call: Call, error: AppError): void => {
  if (error.status < 500) return;
  const facts = { "event.action": "upload.request_failed", code: error.code, uploadId: call.uploadId };
  log().error({ ...facts, err: error, ...error.context }, "upload request failed");
};

const createTusServer = (options: UploadEndpointOptions, callOf: (request: object) => Call) => {
  const locker = createPostgresLocker({ timeoutMs: options.lockTimeoutMs });
  const { maxUploadBytes } = env();
  const server = new Server({
    path: basePath,
    datastore: new TusStore({ lostSignal: locker.lostSignal, idleMs: options.idleMs }),
    locker,
    relativeLocation: true,
    lockDrainTimeout: options.drainMs,
    ...(maxUploadBytes === null ? {} : { maxSize: maxUploadBytes }),
    exposedHeaders: [videoIdHeader, "Upload-Expires", "X-Request-Id"],
    allowedOrigins: (origin) => env().corsOrigins.includes(origin),
    getFileIdFromRequest: (request) => callOf(request).uploadId ?? undefined,
    namingFunction: (request) => callOf(request).uploadId ?? newId(),
    onUploadCreate: async (request) => {
      const call = callOf(request);
      if (call.creation === null || call.uploadId === null) throw new AppError("internal");
      const { viewer, uploadId } = call;
      const created = await createUpload({ viewer, uploadId, ...call.creation, freeBytes: options.freeBytes });
      call.videoId = created.videoId;
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      await finishQuietly(upload.id);
      return {};
    },
    onResponseError: (request, error) => {
      const call = callOf(request);
      call.error = tusFault(error);
      logFault(call, call.error);
      return { status_code: call.error.status, body: "" };
    },
  });
  return { server, locker };
};

const answer = (call: Call, response: Response): Response => {
  const { requestId, videoId } = call;
  const headers = new Headers(response.headers);
  headers.delete("Connection");
  if (response.status >= 400) {
    const error = call.error ?? faultOfStatus(response.status);
    return faultResponse({ error, requestId, headers, head: call.request.method === "HEAD" });
  }
  if (videoId !== null) headers.set(videoIdHeader, videoId);
  return new Response(response.body, { status: response.status, headers });
};

/**
 * The tus 1.0.0 endpoint: creation, creation-with-upload, termination and expiration. Authorises every request itself,
 * on the id of the path; faults come back in the one error shape. The caller has checked the origin.
 */
export const createUploadEndpoint = (overrides: Partial<UploadEndpointOptions> = {}): UploadEndpoint => {
  const calls = new WeakMap<object, Call>();
  const callOf = (request: object): Call => {
    const call = calls.get(request);
    if (call === undefined) throw new AppError("internal");
    return call;
  };
  const { server, locker } = createTusServer({ ...defaults, ...overrides }, callOf);
  const handle = async (input: UploadRequest): Promise<Response> => {
    const { request, requestId } = input;
    try {
      const call = await admit(input);
      calls.set(request, call);
      return answer(call, await server.handleWeb(request));
    } catch (error) {
      const fault = tusFault(error);
      if (fault.status >= 500)
        log().error({ "event.action": "upload.request_failed", err: error }, "upload request failed");
      return faultResponse({ error: fault, requestId, headers: new Headers(), head: request.method === "HEAD" });
    }
  };
  return { handle, close: () => locker.close() };
};

const globals = globalThis as typeof globalThis & { kinoraUploadEndpoint?: UploadEndpoint };

/** The process's endpoint. Next bundles each route apart, and all of them must share one set of locks. */
export const uploadEndpoint = (): UploadEndpoint => {
  globals.kinoraUploadEndpoint ??= createUploadEndpoint();
  return globals.kinoraUploadEndpoint;
};
