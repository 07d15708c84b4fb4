import { describe, expect, it } from "vitest";
import { sampleVideo } from "./studio-fixtures.ts";
import {
  emptyVideoList,
  gainsBytes,
  hiding,
  resynced,
  showing,
  visibleVideos,
  withPage,
  withVideo,
} from "./video-list.ts";

const id = (n: number) => `0192f000-0000-7000-8000-00000000000${n}`;
const video = (n: number, over: Parameters<typeof sampleVideo>[0] = {}) =>
  sampleVideo({ id: id(n), title: `Video ${n}`, ...over });
const listed = withPage(emptyVideoList, { items: [video(5), video(4), video(3)], nextCursor: "next" });
const ids = (list: typeof listed) => visibleVideos(list).map((shown) => shown.id);

describe("the list of videos", () => {
  it("puts a new video on top and takes a known one's newest state in place", () => {
    expect(ids(withVideo(listed, video(6)))).toEqual([id(6), id(5), id(4), id(3)]);
    const renamed = withVideo(listed, video(4, { title: "New" }));
    expect(visibleVideos(renamed)[1]?.title).toBe("New");
  });

  it("leaves a video of a page not loaded yet to that page, and one that the search does not fit out", () => {
    expect(ids(withVideo(listed, video(1)))).toEqual(ids(listed));
    const searched = { ...listed, query: { sort: "newest", q: "harbour", channel: "" } as const };
    expect(ids(withVideo(searched, video(6)))).toEqual(ids(listed));
    expect(ids(withVideo(searched, video(6, { title: "Old Harbour" })))[0]).toBe(id(6));
  });

  it("leaves a video of another channel out when one is asked for", () => {
    const { channel } = video(6);
    const own = { ...listed, query: { sort: "newest", q: "", channel: channel.handle } as const };
    expect(ids(withVideo(own, video(6)))[0]).toBe(id(6));
    const other = video(6, { channel: { ...channel, handle: "another" } });
    expect(ids(withVideo(own, other))).toEqual(ids(listed));
  });

  it("orders the other way when the oldest are asked first", () => {
    const oldest = { ...emptyVideoList, query: { sort: "oldest", q: "", channel: "" } as const };
    expect(ids(withPage(oldest, { items: [video(2), video(1)], nextCursor: null }))).toEqual([id(1), id(2)]);
  });

  it("drops on a resync what was deleted elsewhere and keeps older pages", () => {
    const page = { items: [video(6), video(4)], nextCursor: "x" };
    expect(ids(resynced(listed, page))).toEqual([id(6), id(4), id(3)]);
    expect(resynced(listed, page).nextCursor).toBe("next");
    expect(ids(resynced(listed, { items: [video(4)], nextCursor: null }))).toEqual([id(4)]);
  });

  it("keeps a deleted video out of sight whatever late events say, until it is restored", () => {
    const gone = withVideo(hiding(listed, [id(4)]), video(4, { title: "late" }));
    expect(ids(gone)).toEqual([id(5), id(3)]);
    expect(ids(showing(gone, [id(4)]))).toEqual([id(5), id(4), id(3)]);
  });

  it("lays pending changes over whatever the server says meanwhile", () => {
    const pending = { ...listed, pending: [{ token: 1, videoId: id(5), patch: { title: "Typed" } }] };
    expect(visibleVideos(withVideo(pending, video(5, { status: "processing" })))[0]).toMatchObject({
      title: "Typed",
      status: "processing",
    });
  });

  it("notices that an upload gains bytes", () => {
    const upload = (offsetBytes: number) => ({ upload: { id: id(9), offsetBytes, sizeBytes: 100 } });
    const before = withVideo(listed, video(5, upload(10)));
    expect(gainsBytes(before, video(5, upload(20)))).toBe(true);
    expect(gainsBytes(before, video(5, upload(10)))).toBe(false);
    expect(gainsBytes(listed, video(5, upload(20)))).toBe(false);
  });
});
