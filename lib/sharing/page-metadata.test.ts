import { describe, expect, it } from "vitest";
import type { DescribedVideo } from "#lib/sharing/json-ld.ts";
import { pageMetadata } from "#lib/sharing/page-metadata.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

const origin = "https://video.example.org";
const id = "0190a000-0000-7000-8000-0000000000aa";

const video = {
  ...{
    id,
    title: "A film",
    description: "Words.\n\nMore   words.",
    tags: ["a"],
    visibility: "public",
    status: "ready",
  },
  ...{ durationMs: 61_000, width: 1080, height: 1920 },
  playback: { posterUrl: "/media/signed/secret/poster.jpg" },
} as unknown as VideoDto;
const described: DescribedVideo = {
  ...{ id, title: "A film", description: "", tags: [], language: null, durationMs: 61_000, viewCount: 1 },
  ...{ publishedAt: "2026-11-01T00:00:00.000Z", posterUrl: "/media/poster.jpg", embeddable: true, chapters: [] },
  channel: { handle: "h", name: "n" },
};

describe("the head of a watch page", () => {
  it("tells of a public video: picture, player, canonical address and where oEmbed is", () => {
    const head = pageMetadata({ video, facts: { soundUrl: null, embeddable: true, described }, origin });
    const embed = `${origin}/embed/${id}`;
    expect(head).toMatchObject({
      ...{ title: "A film", description: "Words. More words." },
      alternates: {
        canonical: `${origin}/watch/${id}`,
        types: { "application/json+oembed": `${origin}/oembed?url=${encodeURIComponent(`${origin}/watch/${id}`)}` },
      },
      openGraph: {
        ...{ type: "video.other", duration: 61, images: [{ url: `${origin}/media/poster.jpg` }] },
        videos: [{ url: embed, secureUrl: embed, type: "text/html", width: 405, height: 720 }],
      },
      twitter: { card: "player", players: [{ playerUrl: embed, width: 405, height: 720 }] },
    });
    expect(head).not.toHaveProperty("robots");
  });

  it("offers no player of a video that is closed to embeds", () => {
    const closed = { ...described, embeddable: false };
    const head = pageMetadata({ video, facts: { soundUrl: null, embeddable: false, described: closed }, origin });
    expect(JSON.stringify(head)).not.toContain("/embed/");
    expect(JSON.stringify(head)).not.toContain("oembed");
    expect(head.twitter.card).toBe("summary_large_image");
  });

  it("hands nothing on of a video that is not in everybody's lists, least of all a signed address", () => {
    const head = pageMetadata({ video, facts: { soundUrl: null, embeddable: true, described: null }, origin });
    expect(head).toMatchObject({ robots: { index: false } });
    const text = JSON.stringify(head);
    for (const secret of ["signed", "/embed/", "oembed", "images", "poster"]) expect(text).not.toContain(secret);
  });
});
