import { describe, expect, it } from "vitest";
import { sampleVideo } from "#components/studio/studio-fixtures.ts";
import { type StudioApi, StudioStore } from "#components/studio/studio-store.ts";
import type { VideoDto, VideoPageDto } from "#lib/videos/dto.ts";

const unused = () => Promise.reject(new Error("not asked here"));
const query = { sort: "newest", q: "", channel: "" } as const;
const pageOf = (...items: VideoDto[]): VideoPageDto => ({ items, nextCursor: null });

/** An API whose answers the test gives when it likes, and a stream that it speaks through. */
const makeApi = () => {
  const one = Promise.withResolvers<VideoDto>();
  const page = Promise.withResolvers<VideoPageDto>();
  const patched = Promise.withResolvers<VideoDto>();
  const reprocessed = Promise.withResolvers<VideoDto>();
  let handlers: Parameters<StudioApi["follow"]>[0] | null = null;
  const api: StudioApi = {
    fetchPage: () => page.promise,
    fetchOne: () => one.promise,
    patch: () => patched.promise,
    reprocess: () => reprocessed.promise,
    ...{ remove: unused, restore: unused, cancelProcessing: unused },
    follow: (given) => {
      handlers = given;
      return () => undefined;
    },
  };
  const stream = () => {
    if (handlers === null) throw new Error("nobody follows");
    return handlers;
  };
  return { api, stream, one, page, patched, reprocessed };
};

const uploading = sampleVideo({ status: "uploading", playable: false });
const processing = sampleVideo({ status: "processing", playable: false });
const ready = sampleVideo();
const shown = (store: StudioStore) => store.snapshot().videos.map(({ id, status }) => ({ id, status }));

describe("what the stream told while an answer was on its way is newer than the answer", () => {
  it("for a video that an upload of this page has just created", async () => {
    const { api, stream, one } = makeApi();
    const store = new StudioStore(api);
    store.follow();
    const ensured = store.ensure(uploading.id);
    stream().onVideo(processing);
    one.resolve(uploading);
    await ensured;
    expect(shown(store)).toEqual([{ id: processing.id, status: "processing" }]);
  });

  it("for the page fetched after the stream opened: newer states, new videos and deletions stay", async () => {
    const { api, stream, page } = makeApi();
    const store = new StudioStore(api);
    const other = sampleVideo({ id: "0192f000-0000-7000-8000-000000000002" });
    const added = sampleVideo({ id: "0192f000-0000-7000-8000-000000000003", status: "uploading" });
    store.seed({ query, page: pageOf(other, processing) });
    store.follow();
    stream().onOpen();
    stream().onVideo(ready);
    stream().onVideo(added);
    stream().onDeleted(other.id);
    page.resolve(pageOf(other, processing));
    await page.promise;
    await Promise.resolve();
    expect(shown(store)).toEqual([
      { id: added.id, status: "uploading" },
      { id: ready.id, status: "ready" },
    ]);
  });

  it("for the answer to an order", async () => {
    const { api, stream, reprocessed } = makeApi();
    const store = new StudioStore(api);
    store.follow();
    const ordered = store.reprocess(ready.id);
    stream().onVideo(ready);
    reprocessed.resolve(processing);
    await ordered;
    expect(shown(store)).toEqual([{ id: ready.id, status: "ready" }]);
  });

  it("but of an edit the words count, whatever a late event still says", async () => {
    const { api, stream, patched } = makeApi();
    const store = new StudioStore(api);
    store.seed({ query, page: pageOf(processing) });
    store.follow();
    const edit = store.patch({ videoId: ready.id, patch: { title: "New" } });
    stream().onVideo({ ...ready, title: "Old" });
    patched.resolve({ ...processing, title: "New" });
    await edit;
    expect(store.snapshot().videos[0]).toMatchObject({ title: "New", status: "ready" });
    expect(store.snapshot().pending).toEqual([]);
  });
});

it("an answer counts when the stream has told nothing since it was asked for", async () => {
  const { api, stream, one, page } = makeApi();
  const store = new StudioStore(api);
  store.follow();
  stream().onVideo(sampleVideo({ id: "0192f000-0000-7000-8000-000000000002" }));
  const ensured = store.ensure(uploading.id);
  one.resolve(uploading);
  await ensured;
  expect(shown(store)[1]).toEqual({ id: uploading.id, status: "uploading" });
  stream().onOpen();
  page.resolve(pageOf(processing));
  await page.promise;
  await Promise.resolve();
  expect(shown(store)).toEqual([{ id: processing.id, status: "processing" }]);
});
