import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, audioExports, users, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { pageFacts } from "#lib/sharing/page-facts.ts";
import { objectStore } from "#lib/storage/index.ts";
import { exportKey, posterKey } from "#lib/storage/keys.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { podcastItems, rssItems, sitemapEntries, sitemapParts } from "#tests/factories/feed-schemas.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { readXml } from "#tests/factories/xml-reader.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as feedRoute from "../../../app/(site)/(browse)/[handle]/feed.xml/route.ts";
import * as podcastRoute from "../../../app/(site)/(browse)/[handle]/podcast.xml/route.ts";
import * as channelSharingRoute from "../../../app/api/v1/channels/[handle]/sharing/route.ts";
import * as videoSharingRoute from "../../../app/api/v1/videos/[videoId]/sharing/route.ts";
import * as audioRoute from "../../../app/audio/[file]/route.ts";
import * as oembedRoute from "../../../app/oembed/route.ts";
import * as robotsRoute from "../../../app/robots.txt/route.ts";
import * as sitemapRoute from "../../../app/sitemap.xml/route.ts";
import * as partRoute from "../../../app/sitemaps/[part]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
const sound = Buffer.from("ID3 a sound file");

beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/(?<handle>[^/]+)\/feed\.xml$/, module: feedRoute },
    { path: /^\/(?<handle>[^/]+)\/podcast\.xml$/, module: podcastRoute },
    { path: /^\/api\/v1\/channels\/(?<handle>[^/]+)\/sharing$/, module: channelSharingRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/sharing$/, module: videoSharingRoute },
    { path: /^\/audio\/(?<file>[^/]+)$/, module: audioRoute },
    { path: /^\/oembed$/, module: oembedRoute },
    { path: /^\/robots\.txt$/, module: robotsRoute },
    { path: /^\/sitemap\.xml$/, module: sitemapRoute },
    { path: /^\/sitemaps\/(?<part>[^/]+)$/, module: partRoute },
  ]);
  owner = await makeBearer();
});
afterAll(() => site.stop());

type Values = Parameters<typeof makeVideo>[0];
const of = (person: Pick<typeof owner, "user" | "channel">) => ({
  creatorId: person.user.id,
  channelId: person.channel.id,
});

/** A public video with a poster and a sound file that may be downloaded, unless told otherwise. */
const published = async (values: Values = {}, person = owner) => {
  const runId = newId();
  const video = await makeVideo({
    ...of(person),
    ...{ visibility: "public", status: "ready", publishedAt: new Date(), currentRunId: runId },
    ...{ width: 1920, height: 1080, durationMs: 61_000, ...values },
  });
  await db()
    .update(videos)
    .set({ posterKey: posterKey({ videoId: video.id, runId }) })
    .where(eq(videos.id, video.id));
  const [exportId, assetId] = [newId(), newId()];
  const key = exportKey({ videoId: video.id, exportId, attemptId: newId() });
  await objectStore().put({ key, body: sound });
  const file = { id: assetId, videoId: video.id, key, sizeBytes: sound.length, contentType: "audio/mpeg" };
  await db()
    .insert(assets)
    .values({ kind: "export", ...file });
  await db()
    .insert(audioExports)
    .values({ id: exportId, videoId: video.id, options: {}, state: "done", assetId, progress: 1 });
  await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { downloadable: true }, person.headers);
  return video;
};

const send = (method: string, path: string, body: unknown, headers: Record<string, string> = owner.headers) =>
  fetch(new URL(path, site.url), {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, site.url), { headers });
const xml = async (path: string) => readXml(await (await get(path)).text());
const feed = async (handle: string) => rssItems(await xml(`/@${handle}/feed.xml`));
const podcast = async (handle: string) => podcastItems(await xml(`/@${handle}/podcast.xml`));
const sitemap = async () => {
  // The list of parts is remembered; each of these tests begins anew.
  Object.assign(globalThis, { kinoraSitemap: undefined });
  const parts = sitemapParts(await xml("/sitemap.xml"));
  return (await Promise.all(parts.map(async (part) => sitemapEntries(await xml(new URL(part).pathname))))).flat();
};
const oembed = (url: string, query = "") => get(`/oembed?url=${encodeURIComponent(url)}${query}`);
const watch = (videoId: string) => `${site.url}/watch/${videoId}`;

const soundUrlOf = async (videoId: string) => (await pageFacts(await getVideo({ viewer: null, videoId }))).soundUrl;

/** Wherever a stranger may learn of a video. */
const seen = async (video: { id: string }, handle: string) => ({
  feed: (await feed(handle)).some(({ link }) => link.endsWith(video.id)),
  podcast: (await podcast(handle)).some(({ link }) => link.endsWith(video.id)),
  sitemap: (await sitemap()).some(({ loc }) => loc.endsWith(video.id)),
  oembed: (await oembed(watch(video.id))).status,
  audio: (await get(`/audio/${video.id}.mp3`)).status,
});
const everywhere = { feed: true, podcast: true, sitemap: true, oembed: 200, audio: 200 };
const nowhere = { feed: false, podcast: false, sitemap: false, oembed: 404, audio: 404 };

describe("what other sites are told", () => {
  it("is every public video, with titles as they are", async () => {
    const person = await makeBearer();
    const video = await published({ title: `</script> & "x" \u0007 \u{1f3ac} \u202eשלום` }, person);
    expect(await seen(video, person.channel.handle)).toEqual(everywhere);
    const [item] = await feed(person.channel.handle);
    expect(item).toMatchObject({ title: `</script> & "x"  \u{1f3ac} \u202eשלום`, link: watch(video.id) });
    const answer = await (await oembed(watch(video.id))).json();
    expect(answer).toMatchObject({ title: video.title, author_name: person.channel.name, width: 1280, height: 720 });
  });

  it.each([
    ["private", { visibility: "private" }],
    ["taken down", { takenDownAt: new Date() }],
    ["deleted", { deletedAt: new Date() }],
    ["still processing", { status: "processing" }],
  ] as const)("is nothing of a video that is %s", async (_name, values) => {
    const person = await makeBearer();
    const video = await published({}, person);
    await db().update(videos).set(values).where(eq(videos.id, video.id));
    expect(await seen(video, person.channel.handle)).toEqual(nowhere);
  });

  it("is nothing of an unlisted video; whoever has its address may have its sound, as its owner allows", async () => {
    const person = await makeBearer();
    const video = await published({}, person);
    await db().update(videos).set({ visibility: "unlisted" }).where(eq(videos.id, video.id));
    expect(await seen(video, person.channel.handle)).toEqual({ ...nowhere, audio: 200 });
    expect(await soundUrlOf(video.id)).toBe(`/audio/${video.id}.mp3`);
    await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { downloadable: false }, person.headers);
    expect(await seen(video, person.channel.handle)).toEqual(nowhere);
    expect(await soundUrlOf(video.id)).toBeNull();
  });

  it("is nothing of a suspended account's videos, and there again afterwards", async () => {
    const person = await makeBearer();
    const video = await published({}, person);
    await db().update(users).set({ status: "suspended" }).where(eq(users.id, person.user.id));
    expect(await seen(video, person.channel.handle)).toEqual(nowhere);
    await db().update(users).set({ status: "active" }).where(eq(users.id, person.user.id));
    expect(await seen(video, person.channel.handle)).toEqual(everywhere);
  });

  it("names the site as it is reached, or as the operator says", async () => {
    const video = await published();
    expect((await (await oembed(watch(video.id))).json()).provider_url).toBe(site.url);
    overrideEnv({ PUBLIC_URL: "https://video.example.org" });
    try {
      const answer = await (await oembed(`https://video.example.org/watch/${video.id}`)).json();
      expect(answer.author_url).toBe(`https://video.example.org/@${owner.channel.handle}`);
      expect(await (await get("/robots.txt")).text()).toContain("Sitemap: https://video.example.org/sitemap.xml\n");
    } finally {
      overrideEnv({ PUBLIC_URL: undefined });
    }
  });
});

describe("oEmbed", () => {
  it("answers JSON and XML within the size that was asked, beginning where the address begins", async () => {
    const video = await published();
    const small = await (await oembed(`${watch(video.id)}?t=1m5s`, "&maxwidth=480&maxheight=480")).json();
    expect(small).toMatchObject({ type: "video", width: 480, height: 270 });
    expect(small.html).toContain(`${site.url}/embed/${video.id}?start=65"`);
    const inXml = await oembed(`${site.url}/embed/${video.id}`, "&format=xml");
    expect(inXml.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(readXml(await inXml.text()).name).toBe("oembed");
  });

  it("knows only its own addresses, and refuses odd questions", async () => {
    const video = await published();
    for (const url of [
      ...[`https://elsewhere.example/watch/${video.id}`, `${site.url}/watch/${newId()}`, `${site.url}/watch/x`],
      ...[`${site.url}/studio/videos/${video.id}`, "nothing", `javascript:alert(1)`],
    ]) {
      expect((await oembed(url)).status, url).toBe(404);
    }
    for (const query of ["&format=yaml", "&maxwidth=0", "&maxheight=x"]) {
      expect((await oembed(watch(video.id), query)).status, query).toBe(400);
    }
    expect((await get("/oembed")).status).toBe(400);
  });

  it("is 401 for a public video that its owner closed to embeds", async () => {
    const person = await makeBearer();
    const video = await published({}, person);
    await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { embeddable: false }, person.headers);
    expect((await oembed(watch(video.id))).status).toBe(401);
    expect((await feed(person.channel.handle))[0]?.player).toBeUndefined();
    await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { embeddable: true }, person.headers);
    expect((await oembed(watch(video.id))).status).toBe(200);
    await send("PUT", `/api/v1/channels/${person.channel.handle}/sharing`, { embedding: "nowhere" }, person.headers);
    expect((await oembed(watch(video.id))).status).toBe(401);
  });
});

describe("a podcast", () => {
  it("names files that everybody can load, with their true length, and keeps their ids", async () => {
    const person = await makeBearer();
    const video = await published({}, person);
    const [item] = await podcast(person.channel.handle);
    expect(item?.guid).toBe(`kinora:video:${video.id}`);
    const whole = await get(new URL(item?.enclosure.url ?? "").pathname);
    expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "audio/mpeg"]);
    expect(Number(item?.enclosure.length)).toBe((await whole.arrayBuffer()).byteLength);
    const part = await get(`/audio/${video.id}.mp3`, { Range: "bytes=0-2" });
    expect([part.status, await part.text()]).toEqual([206, "ID3"]);
  });

  it("holds nothing whose owner allows no downloads, and nothing without a sound file", async () => {
    const person = await makeBearer();
    const video = await published({}, person);
    await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { downloadable: false }, person.headers);
    expect(await seen(video, person.channel.handle)).toEqual({ ...everywhere, podcast: false, audio: 404 });
    await send("PATCH", `/api/v1/videos/${video.id}/sharing`, { downloadable: true }, person.headers);
    await db().delete(audioExports).where(eq(audioExports.videoId, video.id));
    expect(await seen(video, person.channel.handle)).toEqual({ ...everywhere, podcast: false, audio: 404 });
    for (const file of ["x.mp3", `${video.id}.wav`, `${video.id}`]) {
      expect((await get(`/audio/${file}`)).status, file).toBe(404);
    }
  });
});

describe("a channel's sites", () => {
  it("are hosts, each once, in small letters; what is no host is told by its place", async () => {
    const path = `/api/v1/channels/${owner.channel.handle}/sharing`;
    const good = await send("PUT", path, { embedding: "listed", sites: ["Example.org", "example.org", "*.b.org"] });
    expect(await good.json()).toEqual({ embedding: "listed", sites: ["example.org", "*.b.org"] });
    for (const site of ["https://example.org", "a b", "'self'", "x.org; script-src *", "*"]) {
      const bad = await send("PUT", path, { embedding: "listed", sites: ["ok.org", site] });
      expect(bad.status, site).toBe(400);
      expect((await bad.json()).error.fields).toEqual({
        "sites.1": "Write a host name like example.org or *.example.org.",
      });
    }
    expect((await send("PUT", path, { embedding: "some" })).status).toBe(400);
    expect(await (await get(path, owner.headers)).json()).toEqual({
      embedding: "listed",
      sites: ["example.org", "*.b.org"],
    });
  });
});

describe("feeds and site map", () => {
  it("are not sent again to who has them", async () => {
    await published();
    const path = `/@${owner.channel.handle}/feed.xml`;
    const etag = (await get(path)).headers.get("etag") ?? "";
    expect((await get(path, { "If-None-Match": etag })).status).toBe(304);
    expect((await get(`/%40${owner.channel.handle}/feed.xml`)).status).toBe(200);
    for (const missing of [`/${owner.channel.handle}/feed.xml`, "/@nobody-at-all/feed.xml", "/@%00/podcast.xml"]) {
      expect((await get(missing)).status, missing).toBe(404);
    }
  });

  it("have parts that begin where they say, and no others", async () => {
    const entries = await sitemap();
    expect(new Set(entries.map(({ loc }) => loc)).size).toBe(entries.length);
    const [part = ""] = sitemapParts(await xml("/sitemap.xml"));
    // No id of a video, which may be hidden while the list is remembered.
    expect(part).toMatch(/\/sitemaps\/videos-[0-9a-z]+\.xml$/);
    const at = Date.parse("2020-01-01T00:00:00Z");
    const [early, late] = [
      await published({ publishedAt: new Date(at) }),
      await published({ publishedAt: new Date(at + 1) }),
    ];
    const named = (time: number) => time.toString(36);
    const told = async (name: string) =>
      sitemapEntries(await xml(`/sitemaps/videos-${name}.xml`)).map(({ loc }) => loc.slice(-36));
    expect(await told(`${named(at)}-${named(at + 1)}`)).toEqual([early.id]);
    expect(await told(`${named(at)}-${named(at + 2)}`)).toEqual([early.id, late.id]);
    expect(await told(named(at + 1))).toEqual(expect.arrayContaining([late.id, entries[0]?.loc.slice(-36)]));
    expect(await told(named(at + 1))).not.toContain(early.id);
    for (const name of ["videos-.xml", "videos-zzzzzzzzzzz.xml", `videos-0-${newId()}.xml`, "videos.xml"]) {
      expect((await get(`/sitemaps/${name}`)).status, name).toBe(404);
    }
  });
});
