import { Uppy, type UppyFile } from "@uppy/core";
import Tus, { type TusBody, type TusOptions } from "@uppy/tus";
import type { TransportEvents, TransportJob, UploadTransport } from "./upload-transport.ts";

/** The last one is Uppy's own: part of its id for a file. */
type Meta = {
  filename: string;
  filetype: string;
  title: string;
  visibility: string;
  options: string;
  channelId: string;
  relativePath: string;
};
type Job = TransportJob & { uppyId: string; creating: boolean; videoId: string | null };
type Held = { uppy: Uppy<Meta, TusBody>; jobs: Map<string, Job>; events: TransportEvents; endpoint: string };

/** Below what common proxies let through in one request, above what costs speed; a request ends well within five minutes. */
const chunkSize = 8 * 1024 * 1024;
/** A browser has six connections to an origin over HTTP/1.1, one of them is the event stream's. */
const limit = 3;
const retryDelays = [0, 800, 2_000, 5_000, 10_000];

const quiet = { debug: () => undefined, warn: () => undefined, error: () => undefined };

const openUppy = (endpoint: string) =>
  new Uppy<Meta, TusBody>({ id: "kinora", autoProceed: false, logger: quiet }).use(Tus<Meta, TusBody>, {
    endpoint,
    chunkSize,
    limit,
    retryDelays,
    allowedMetaFields: ["filename", "filetype", "title", "visibility", "options", "channelId"],
    // Which upload belongs to which file is kept by resume-records.ts, per account. tus-js-client's own memory would also
    // forget the upload on a 401 and silently begin a new one.
    storeFingerprintForResuming: false,
    urlStorage: {
      findAllUploads: () => Promise.resolve([]),
      findUploadsByFingerprint: () => Promise.resolve([]),
      removeUpload: () => Promise.resolve(),
      addUpload: () => Promise.resolve(""),
    },
  });

const jobOf = ({ jobs }: Held, uppyId: string | undefined): Job | undefined =>
  [...jobs.values()].find((job) => job.uppyId === uppyId);

const uploaderOf = ({ uppy }: Held, job: Job) => uppy.getPlugin("Tus")?.uploaders[job.uppyId] ?? null;

/** From here on a failed HEAD must end in an error: with an endpoint, tus-js-client would create a second, empty upload. */
const pinUrl = (held: Held, job: Job) => {
  const uploader = uploaderOf(held, job);
  if (!uploader?.url) return;
  job.creating = false;
  uploader.options.endpoint = null;
  held.events.onCreated({ id: job.id, uploadUrl: uploader.url, videoId: job.videoId });
};

const tusOptions = (held: Held, job: Job): TusOptions<Meta, TusBody> => ({
  ...(job.uploadUrl === null ? { endpoint: held.endpoint } : { uploadUrl: job.uploadUrl, endpoint: "" }),
  onBeforeRequest: (request) => {
    if (request.getMethod() === "POST") job.creating = true;
  },
  onAfterResponse: (request, response) => {
    if (request.getMethod() === "POST") job.videoId = response.getHeader("Kinora-Video-Id") ?? null;
  },
  onUploadUrlAvailable: () => pinUrl(held, job),
  onShouldRetry: (error, _attempt, _options, next) => {
    job.creating = false;
    // No space does not come back within seconds; the default would try it like any other 5xx.
    if (error.originalResponse?.getStatus() === 507) return false;
    const again = next(error);
    if (again && held.jobs.has(job.id)) held.events.onRetrying({ id: job.id });
    return again;
  },
});

const drop = (held: Held, job: Job) => {
  held.jobs.delete(job.id);
  const uploader = uploaderOf(held, job);
  // Without an address the plugin only aborts; with one it would end the upload on the server as well.
  if (uploader) uploader.url = null;
  held.uppy.removeFile(job.uppyId);
};

const listen = (held: Held) => {
  held.uppy.on("upload-progress", (file, progress) => {
    const job = jobOf(held, file?.id);
    if (job) held.events.onProgress({ id: job.id, bytes: progress.bytesUploaded || 0 });
  });
  held.uppy.on("upload-success", (file) => {
    const job = jobOf(held, file?.id);
    if (!job) return;
    held.jobs.delete(job.id);
    held.events.onSent({ id: job.id });
    // The plugin lets go of the file right after this event; removed any earlier it would end the upload on the server.
    setTimeout(() => held.uppy.removeFile(job.uppyId), 0);
  });
  held.uppy.on("upload-error", (file, _error, response) => {
    const job = jobOf(held, file?.id);
    if (!job) return;
    // A failed file that stays would be retried by, and hold up, every later upload() of Uppy.
    drop(held, job);
    const xhr = response?.body?.xhr;
    held.events.onFailed({ id: job.id, status: response?.status ?? null, body: xhr ? bodyOf(xhr) : "" });
  });
};

const bodyOf = (xhr: XMLHttpRequest) =>
  xhr.responseType === "" || xhr.responseType === "text" ? xhr.responseText : "";

const send = (held: Held, { file, ...rest }: TransportJob) => {
  const before = held.jobs.get(rest.id);
  if (before) drop(held, before);
  const uppyId = held.uppy.addFile({
    name: file.name,
    type: file.type,
    data: file,
    source: "kinora",
    isRemote: false,
    // Our own id as the path tells two equal names of different folders apart.
    meta: {
      filename: file.name,
      filetype: file.type,
      title: rest.title,
      visibility: rest.visibility,
      options: rest.options,
      channelId: rest.channelId,
      relativePath: rest.id,
    },
  });
  const job: Job = { ...rest, file, uppyId, creating: false, videoId: null };
  held.jobs.set(job.id, job);
  const patch: Partial<UppyFile<Meta, TusBody>> = { tus: tusOptions(held, job) };
  held.uppy.setFileState(uppyId, patch);
  held.uppy.upload().catch(() => {
    // Single files fail by event; only a fault of Uppy itself comes here.
    if (held.jobs.has(job.id)) held.events.onFailed({ id: job.id, status: null, body: "" });
  });
};

/** A transport over tus 1.0.0 (Uppy). `endpoint` is the address that creates uploads. */
export const uppyTransport = ({ endpoint, events }: { endpoint: string; events: TransportEvents }): UploadTransport => {
  const held: Held = { uppy: openUppy(endpoint), jobs: new Map(), events, endpoint };
  listen(held);
  return {
    send: (job) => send(held, job),
    detach: (id) => {
      const job = held.jobs.get(id);
      if (job) drop(held, job);
    },
    isCreating: (id) => held.jobs.get(id)?.creating ?? false,
  };
};
