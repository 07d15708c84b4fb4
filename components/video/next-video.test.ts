import { describe, expect, it } from "vitest";
import { nextVideo } from "#components/video/next-video.ts";

const video = (id: string, playable = true) => ({
  ...{ id, title: `Title ${id}`, playable },
  channel: { name: "Channel" },
  playback: { posterUrl: null, thumbnails: [] },
});

describe("nextVideo", () => {
  it("goes on in the playlist, past what cannot be played", () => {
    const playlist = { id: "p", videos: [video("a"), video("b", false), video("c")] };
    expect(nextVideo({ videoId: "a", playlist, related: [video("z")] })).toEqual({
      ...{ id: "c", title: "Title c", channelName: "Channel", posterUrl: null, href: "/watch/c?list=p" },
    });
  });

  it("goes on with what is related, without a playlist and after its end, and never in a circle", () => {
    const related = [video("a"), video("x", false), video("y")];
    expect(nextVideo({ videoId: "a", playlist: null, related })?.href).toBe("/watch/y");
    const playlist = { id: "p", videos: [video("y"), video("a")] };
    expect(nextVideo({ videoId: "a", playlist, related: [...related, video("z")] })?.href).toBe("/watch/z");
  });

  it("shows the smallest still that there is", () => {
    const small = { url: "/media/p-w320.webp", width: 320 };
    const like = { ...video("z"), playback: { posterUrl: "/media/p.jpg", thumbnails: [small] } };
    expect(nextVideo({ videoId: "a", playlist: null, related: [like] })?.posterUrl).toBe(small.url);
  });

  it("is nothing where there is nothing", () => {
    expect(nextVideo({ videoId: "a", playlist: null, related: [] })).toBeNull();
    // A playlist that does not hold the video has no next one.
    expect(nextVideo({ videoId: "a", playlist: { id: "p", videos: [video("b")] }, related: [] })).toBeNull();
  });
});
