import { describe, expect, it } from "vitest";
import { playerSize } from "#lib/sharing/addresses.ts";
import { channelFeed } from "#lib/sharing/channel-feed.ts";
import type { FeedVideo } from "#lib/sharing/feed-item.ts";
import { type DescribedVideo, scriptJson, videoObject } from "#lib/sharing/json-ld.ts";
import { oembedAnswer, oembedXml } from "#lib/sharing/oembed.ts";
import { podcastFeed } from "#lib/sharing/podcast-feed.ts";
import { sitemapEntry, sitemapFrame } from "#lib/sharing/sitemap.ts";
import { podcastItems, rssItems, sitemapEntries } from "#tests/factories/feed-schemas.ts";
import { one, readXml } from "#tests/factories/xml-reader.ts";

const origin = "https://video.example.org";
/** What a title can hold that other formats choke on. */
const odd = `</script><!-- ]]> & "quotes' <b>\u0000\u0007\u001b \ud800 \u{1f3ac} \u202eשלום\u2028 Привіт`;
/** Without the letters that XML has no place for. */
const inXml = (text: string) =>
  ["\u0000", "\u0007", "\u001b", "\ud800"].reduce((rest, letter) => rest.replaceAll(letter, ""), text);
const oddInXml = inXml(odd);

const video: FeedVideo = {
  id: "0190a000-0000-7000-8000-0000000000aa",
  title: odd,
  description: odd,
  tags: [odd],
  durationMs: 3_723_400,
  publishedAt: new Date("2026-11-01T08:05:09.120Z"),
  changedAt: new Date("2026-11-02T00:00:00Z"),
  viewCount: 7,
  posterUrl: "/media/runs/x/poster.jpg",
  embeddable: true,
};
const channel = { handle: "somebody", name: odd, description: odd };

describe("feeds", () => {
  it("are RSS that a strict reader takes, whatever titles hold", () => {
    const [item] = rssItems(readXml(channelFeed({ channel, videos: [video], origin })));
    expect(item).toMatchObject({
      title: oddInXml,
      description: oddInXml,
      link: `${origin}/watch/${video.id}`,
      guid: `kinora:video:${video.id}`,
      published: "Sun, 01 Nov 2026 08:05:09 +0000",
      player: `${origin}/embed/${video.id}`,
    });
    expect(rssItems(readXml(channelFeed({ channel, videos: [], origin })))).toEqual([]);
    const closed = { ...video, embeddable: false, posterUrl: null };
    expect(rssItems(readXml(channelFeed({ channel, videos: [closed], origin })))[0]).toMatchObject({
      ...{ player: undefined, thumbnail: undefined },
    });
  });

  it("are a podcast with the length of every file", () => {
    const sound = { sizeBytes: 12_345, contentType: "audio/mpeg" };
    const text = podcastFeed({ channel, episodes: [{ ...video, sound }], origin, language: "uk" });
    expect(podcastItems(readXml(text))[0]).toMatchObject({
      enclosure: { url: `${origin}/audio/${video.id}.mp3`, length: "12345" },
      seconds: 3723,
      guid: `kinora:video:${video.id}`,
    });
  });

  it("are a site map with videos", () => {
    const text = `${sitemapFrame.begin}${sitemapEntry({ video, origin })}\n${sitemapFrame.end}`;
    const [entry] = sitemapEntries(readXml(text));
    expect(entry?.video).toMatchObject({ title: oddInXml, player: `${origin}/embed/${video.id}` });
    const long = { ...video, description: "\u{1f3ac}".repeat(3000), durationMs: 99 * 3_600_000 };
    const cut = `${sitemapFrame.begin}${sitemapEntry({ video: long, origin })}${sitemapFrame.end}`;
    expect(sitemapEntries(readXml(cut))[0]?.video?.description.length).toBeLessThan(1100);
  });
});

describe("oEmbed", () => {
  const poster = { path: "/media/runs/x/poster.jpg", width: 1280, height: 720 };
  const about = { id: video.id, title: odd, width: 1920, height: 1080, channel, poster };
  const asked = { video: about, origin, maxWidth: 1280, maxHeight: 720, startSeconds: 0 };

  it("gives a frame that no title can break out of, inside what was asked for", () => {
    const answer = oembedAnswer({ ...asked, maxWidth: 640, startSeconds: 83 });
    expect(answer).toMatchObject({ type: "video", version: "1.0", width: 640, height: 360 });
    expect(answer).not.toHaveProperty("thumbnail_url");
    expect(answer.html).toContain(`src="${origin}/embed/${video.id}?start=83"`);
    expect(String(answer.html).match(/<[a-z!/]+/g)).toEqual(["<iframe", "</iframe"]);
    expect(oembedAnswer(asked)).toMatchObject({ thumbnail_url: `${origin}${poster.path}`, thumbnail_width: 1280 });
  });

  it("says the same in XML", () => {
    const answer = oembedAnswer(asked);
    const root = readXml(oembedXml(answer));
    expect(root.name).toBe("oembed");
    expect(one(root, "html").text).toBe(inXml(String(answer.html)));
    expect(one(root, "width").text).toBe("1280");
  });

  it.each([
    [{ width: 1920, height: 1080 }, 480, 480, { width: 480, height: 270 }],
    [{ width: 1080, height: 1920 }, 1280, 720, { width: 405, height: 720 }],
    [{ width: null, height: null }, 1600, 900, { width: 1600, height: 900 }],
    [{ width: 10_000, height: 1 }, 100, 100, { width: 100, height: 1 }],
  ])("fits %j into %d × %d", (shape, maxWidth, maxHeight, size) => {
    expect(playerSize({ shape, maxWidth, maxHeight })).toEqual(size);
  });
});

describe("JSON-LD", () => {
  const described: DescribedVideo = {
    ...{ id: video.id, title: odd, description: "", tags: ["a", "b"], language: "uk", durationMs: 90_000 },
    ...{ publishedAt: "2026-11-01T08:05:09.120Z", viewCount: 7, posterUrl: "/p.jpg", embeddable: true },
    channel,
    chapters: [
      { startMs: 0, title: "Початок" },
      { startMs: 60_000, title: odd },
    ],
  };

  it("tells of the video, its chapters as clips, and how to seek", () => {
    const watch = `${origin}/watch/${video.id}`;
    expect(videoObject({ video: described, origin })).toMatchObject({
      ...{ "@type": "VideoObject", url: watch, duration: "PT1M30S", embedUrl: `${origin}/embed/${video.id}` },
      ...{ description: odd, thumbnailUrl: [`${origin}/p.jpg`], interactionStatistic: { userInteractionCount: 7 } },
      hasPart: [
        { "@type": "Clip", name: "Початок", startOffset: 0, endOffset: 60, url: `${watch}?t=0` },
        { startOffset: 60, endOffset: 90, url: `${watch}?t=60` },
      ],
      potentialAction: { "@type": "SeekToAction", target: `${watch}?t={seek_to_second_number}` },
    });
    expect(videoObject({ video: { ...described, embeddable: false }, origin })).not.toHaveProperty("embedUrl");
  });

  it("cannot end the script that holds it", () => {
    const text = scriptJson(videoObject({ video: described, origin }));
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text).name).toBe(odd);
  });
});
