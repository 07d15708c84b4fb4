import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { captions, searchEngines as engineRows, videoDays, videos } from "#lib/db/schema/index.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { typesenseEngine } from "#lib/search/typesense/typesense-engine.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";

testDatabase();

let server: TypesenseDouble;
let engine: SearchEngine;

beforeAll(async () => {
  server = await startTypesenseDouble();
  engine = typesenseEngine({ nodes: [server.url], apiKey: server.apiKey, prefix: "videos-of-us" });
  await db().insert(engineRows).values({ name: "typesense" });
  await reindex({ engine, signal: AbortSignal.timeout(20_000) });
});

afterAll(async () => {
  await server.stop();
  expect(server.violations).toEqual([]);
});

const found = async (q: string) => (await engine.search(searchFor(`${q} `))).hits.map(({ videoId }) => videoId);

const nothing = {
  ...{ plays: 0, viewers: 0, watchMs: 0, retention: [], retentionPlays: 0, startup: [] },
  ...{ stalls: 0, stallMs: 0, stalledPlays: 0, failedPlays: 0 },
};

const watched = (videoId: string, views: number) => ({
  ...{ ...nothing, videoId, views, day: new Date().toISOString().slice(0, 10) },
});

describe("the index on the server", () => {
  it("stands in collections with the prefix, behind aliases", () => {
    expect([...server.store.aliases.keys()].toSorted()).toEqual([
      "videos-of-us_channels",
      "videos-of-us_cues",
      "videos-of-us_videos",
    ]);
  });

  it("finds words that mean the same, in both languages", async () => {
    const { id } = await makeFindable({ title: "Улюблений фільм" });
    await indexAll(engine);
    for (const q of ["movies", "film", "кіно", "фільми"]) expect(await found(q), q).toEqual([id]);
  });

  it("takes over how often videos were watched", async () => {
    const quiet = await makeFindable({ title: "Тихий лелека" });
    const loud = await makeFindable({ title: "Гучний лелека" });
    await indexAll(engine);
    await db().insert(videoDays).values(watched(loud.id, 12));
    await engine.takeOverViews();
    expect(await found("лелека")).toEqual([loud.id, quiet.id]);
    await db().insert(videoDays).values(watched(quiet.id, 50));
    await engine.takeOverViews();
    expect(await found("лелеки")).toEqual([quiet.id, loud.id]);
  });

  it("has the lines of a track's present file alone, and gets them once", async () => {
    const { id } = await makeFindable({ title: "Розмова" });
    const imports = () => server.calls.filter((call) => call === "importDocuments").length;
    const cues = () =>
      [...server.store.collection("videos-of-us_cues").docs.values()]
        .filter(({ video_id }) => video_id === id)
        .map(({ text }) => text);
    const captionId = await addSpoken(id, [
      [1, "перше"],
      [2, "друге"],
      [3, "!!!"],
    ]);
    await indexAll(engine);
    expect(cues()).toEqual(["перше", "друге"]);
    const before = imports();
    await db().update(videos).set({ title: "Довга розмова" }).where(eq(videos.id, id));
    await indexAll(engine);
    expect(imports()).toBe(before + 1);
    const body = Buffer.from(writeVtt({ cues: [{ startMs: 5_000, endMs: 6_000, text: "третє" }], forStreams: true }));
    const key = captionKey({ videoId: id, captionId, version: 2 });
    await objectStore().put({ key, body });
    await db().update(captions).set({ key }).where(eq(captions.id, captionId));
    await indexAll(engine);
    expect(cues()).toEqual(["третє"]);
    await engine.remove([id]);
    expect(cues()).toEqual([]);
  });

  it("answers through another node when the first is gone", async () => {
    const cluster = typesenseEngine({
      ...{ nodes: ["http://127.0.0.1:1", server.url], apiKey: server.apiKey, prefix: "videos-of-us" },
    });
    for (let at = 0; at < 4; at += 1) expect((await cluster.search(searchFor("лелека"))).hits).toHaveLength(2);
    expect(await cluster.health()).toBe(true);
  });

  it("answers nothing to a wrong key, and says that it is away", async () => {
    const stranger = typesenseEngine({ nodes: [server.url], apiKey: "wrong", prefix: "videos-of-us" });
    await expect(stranger.search(searchFor("лелека"))).rejects.toMatchObject({ code: "unavailable" });
  });
});
