import { afterEach, describe, expect, it, vi } from "vitest";
import { UploadEngine } from "./upload-engine.ts";
import type { UploadEngineParts } from "./upload-engine-parts.ts";
import type { TransportEvents, TransportJob } from "./upload-transport.ts";

const url = "http://localhost/api/v1/uploads/1";
const file = (name = "clip.mp4", size = 1_000) =>
  new File([new Uint8Array(size)], name, { type: "video/mp4", lastModified: 1 });

const setUp = (over: Partial<UploadEngineParts> = {}) => {
  const sent: TransportJob[] = [];
  const detached: string[] = [];
  const creating = new Set<string>();
  const records = new Map<
    string,
    { fingerprint: string; uploadUrl: string; videoId: string | null; savedAtMs: number }
  >();
  const tell: { events?: TransportEvents } = {};
  let ids = 0;
  const editVideo = vi.fn(() => Promise.resolve());
  const endUpload = vi.fn(() => Promise.resolve());
  const engine = new UploadEngine({
    openTransport: (events) => {
      tell.events = events;
      return Promise.resolve({
        send: (job) => sent.push(job),
        detach: (id) => detached.push(id),
        isCreating: (id) => creating.has(id),
      });
    },
    records: {
      find: (fingerprint) => records.get(fingerprint) ?? null,
      put: (record) => records.set(record.fingerprint, record),
      remove: (fingerprint) => records.delete(fingerprint),
    },
    options: () => "",
    channelId: () => "",
    takeStill: () => Promise.resolve({ posterUrl: null, durationMs: 5_000, width: 640, height: 360 }),
    editVideo,
    endUpload,
    now: () => Date.now(),
    newId: () => `local-${++ids}`,
    ...over,
  });
  const only = () => {
    const [upload] = engine.snapshot();
    if (!upload) throw new Error("no upload");
    return upload;
  };
  const events = () => {
    if (!tell.events) throw new Error("the transport was not opened");
    return tell.events;
  };
  return { engine, sent, detached, creating, records, editVideo, endUpload, only, events };
};

afterEach(() => vi.useRealTimers());

describe("UploadEngine", () => {
  it("has a row for a file before a byte is sent", () => {
    const { engine, only } = setUp();
    expect(engine.add([file("The_last_ferry.mp4")])).toEqual([]);
    expect(only()).toMatchObject({ title: "The last ferry", visibility: "private", phase: "queued", sentBytes: 0 });
  });

  it("leaves out what is empty, no media, or already on its way, and says why", () => {
    const { engine } = setUp();
    engine.add([file()]);
    expect(engine.add([file("a.mp4", 0), new File(["x"], "a.pdf", { type: "application/pdf" }), file()])).toEqual([
      { name: "a.mp4", reason: "empty" },
      { name: "a.pdf", reason: "not_media" },
      { name: "clip.mp4", reason: "duplicate" },
    ]);
  });

  it("sends an edit made before the creation was answered once the video is known", async () => {
    const { engine, only, events, editVideo, sent } = setUp();
    engine.add([file()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    engine.edit({ id: only().id, title: "New name" });
    events().onCreated({ id: only().id, uploadUrl: url, videoId: "v1" });
    expect(editVideo).toHaveBeenCalledExactlyOnceWith({ videoId: "v1", patch: { title: "New name" } });
  });

  it("continues the same file in a new tab from where it stopped, and forgets it when it is done", async () => {
    const { engine, records, sent, events, only } = setUp();
    records.set("clip.mp4|1000|1", { fingerprint: "clip.mp4|1000|1", uploadUrl: url, videoId: "v1", savedAtMs: 0 });
    engine.add([file()]);
    await vi.waitFor(() => expect(sent[0]?.uploadUrl).toBe(url));
    events().onSent({ id: only().id });
    expect(records.size).toBe(0);
  });

  it("begins anew without a question when the server cleared away what an earlier tab had begun", async () => {
    const { engine, records, sent, events, only } = setUp();
    records.set("clip.mp4|1000|1", { fingerprint: "clip.mp4|1000|1", uploadUrl: url, videoId: "v1", savedAtMs: 0 });
    engine.add([file()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    events().onFailed({ id: only().id, status: 404, body: "" });
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.uploadUrl).toBeNull();
    expect(only().videoId).toBeNull();
  });

  it("refuses another file for a begun upload by its size", () => {
    const { engine } = setUp();
    const upload = {
      videoId: "v1",
      uploadUrl: url,
      sizeBytes: 999,
      offsetBytes: 10,
      title: "t",
      visibility: "private" as const,
    };
    expect(engine.continueWith({ file: file(), upload })).toBe(false);
    expect(engine.continueWith({ file: file(), upload: { ...upload, sizeBytes: 1_000 } })).toBe(true);
  });

  it("pauses at once, ignores late progress, and goes on with the same upload", async () => {
    const { engine, only, events, sent, detached } = setUp();
    engine.add([file()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    events().onCreated({ id: only().id, uploadUrl: url, videoId: "v1" });
    engine.pause(only().id);
    events().onProgress({ id: only().id, bytes: 1_000 });
    expect(only()).toMatchObject({ phase: "paused", sentBytes: 0 });
    expect(detached).toEqual(["local-1"]);
    engine.resume(only().id);
    await vi.waitFor(() => expect(sent[1]?.uploadUrl).toBe(url));
  });

  it("waits for the creation's answer before it pauses or cancels, so that no unknown upload stays on the server", async () => {
    const { engine, only, events, sent, detached, creating, endUpload } = setUp();
    engine.add([file()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    creating.add("local-1");
    await engine.cancel(only().id);
    expect(engine.snapshot()).toEqual([]);
    expect(detached).toEqual([]);
    events().onCreated({ id: "local-1", uploadUrl: url, videoId: "v1" });
    expect(detached).toEqual(["local-1"]);
    expect(endUpload).toHaveBeenCalledExactlyOnceWith(url);
  });

  it("keeps what came when the session ends, and continues when told", async () => {
    const { engine, only, events, sent, records } = setUp();
    engine.add([file()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    events().onCreated({ id: only().id, uploadUrl: url, videoId: "v1" });
    events().onFailed({ id: only().id, status: 401, body: "" });
    await vi.waitFor(() =>
      expect(only()).toMatchObject({ phase: "stopped", problem: "session_ended", uploadUrl: url }),
    );
    expect(records.size).toBe(1);
    engine.resume(only().id);
    await vi.waitFor(() => expect(sent[1]?.uploadUrl).toBe(url));
  });

  it("tries again by itself, later and later, while the server is away, and at once when the network is back", async () => {
    vi.useFakeTimers();
    const { engine, only, events, sent } = setUp();
    engine.add([file()]);
    await vi.advanceTimersByTimeAsync(0);
    events().onFailed({ id: only().id, status: 503, body: "" });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(only().phase).toBe("reconnecting");
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toHaveLength(2);
    engine.offline();
    expect(only().phase).toBe("reconnecting");
    engine.online();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(3);
  });

  it("stops instead of trying for ever when the file can no longer be read", async () => {
    const { engine, only, events, sent } = setUp();
    const gone = file();
    Object.defineProperty(gone, "slice", {
      value: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }),
    });
    engine.add([gone]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    events().onFailed({ id: only().id, status: null, body: "" });
    await vi.waitFor(() => expect(only()).toMatchObject({ phase: "stopped", problem: "file_unreadable" }));
  });
});
