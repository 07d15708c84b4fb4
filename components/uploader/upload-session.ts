import { patchVideo } from "#lib/api-client/videos.ts";
import { takeLocalStill } from "./local-still.ts";
import { isActive } from "./local-upload.ts";
import { resumeRecords } from "./resume-records.ts";
import { UploadChannelStore } from "./upload-channel.ts";
import { UploadEngine } from "./upload-engine.ts";
import { UploadWishesStore, uploadOptions } from "./upload-wishes.ts";

const path = "/api/v1/uploads";

/** Address of an upload by its id, as tus wants it. Browser only. */
export const uploadAddress = (uploadId: string): string => new URL(`${path}/${uploadId}`, location.origin).href;

/** Ends an upload on the server (tus 1.0.0, termination). One that is gone already is as good as ended. */
const endUpload = async (uploadUrl: string): Promise<void> => {
  const response = await fetch(uploadUrl, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } });
  if (!response.ok && response.status !== 404 && response.status !== 410) {
    throw new Error(`Ending an upload was answered with ${response.status}.`);
  }
};

/** Ends an unfinished upload that this page does not carry. Rejects when the server could not be told. */
export const endUploadById = (uploadId: string): Promise<void> => endUpload(uploadAddress(uploadId));

/** Wishes for the next files of this page. */
export const uploadWishes = new UploadWishesStore();

/** The channel into which the next files of this page go. */
export const uploadChannel = new UploadChannelStore({
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
});

const createEngine = (accountId: string): UploadEngine =>
  new UploadEngine({
    // Loaded with the first file, so that looking at the table costs nothing.
    openTransport: async (events) => {
      const { uppyTransport } = await import("./uppy-transport.ts");
      return uppyTransport({ endpoint: new URL(path, location.origin).href, events });
    },
    records: resumeRecords({
      storage: {
        getItem: (key) => localStorage.getItem(key),
        setItem: (key, value) => localStorage.setItem(key, value),
      },
      accountId,
      now: Date.now,
    }),
    options: () => uploadOptions(uploadWishes.snapshot()),
    channelId: uploadChannel.snapshot,
    takeStill: takeLocalStill,
    editVideo: patchVideo,
    endUpload,
    now: Date.now,
    newId: () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
  });

let current: { accountId: string; engine: UploadEngine } | null = null;

const attach = (engine: UploadEngine) => {
  addEventListener("offline", engine.offline);
  addEventListener("online", engine.online);
  addEventListener("beforeunload", (event) => {
    if (current?.engine === engine && engine.snapshot().some(isActive)) event.preventDefault();
  });
};

/**
 * The uploads of this page for an account. One engine lives as long as the document, so that going to another page of Kinora
 * and back finds every upload still running. While pages are drawn on the server each call gives a new, idle one.
 */
export const uploadSession = (accountId: string): UploadEngine => {
  if (typeof window === "undefined") return createEngine(accountId);
  if (current?.accountId !== accountId) {
    for (const { id } of current?.engine.snapshot() ?? []) current?.engine.pause(id);
    current = { accountId, engine: createEngine(accountId) };
    attach(current.engine);
  }
  return current.engine;
};
