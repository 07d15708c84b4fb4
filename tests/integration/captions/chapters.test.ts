import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { applyTexts } from "#lib/captions/apply-texts.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findExportFacts } from "#lib/db/queries/videos/audio-exports.ts";
import { searchChanges, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";
import { readDocuments } from "#lib/search/index/read-documents.ts";
import { pageFacts } from "#lib/sharing/page-facts.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun, makeRunStep, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;

beforeAll(async () => {
  owner = await makePerson();
});

const ownVideo = (values: Partial<typeof videos.$inferInsert> = {}) =>
  makeVideo({
    ...{ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", durationMs: 60_000 },
    ...{ visibility: "public", publishedAt: new Date(), currentRunId: newId(), ...values },
  });

const route = () => import("../../../app/api/v1/videos/[videoId]/chapters/route.ts");

type Told = { items: { startMs: number; title: string }[]; origin: string | null };

const ask = async (videoId: string, method: "GET" | "PUT" | "DELETE", items?: unknown): Promise<Told> => {
  const body = items === undefined ? {} : { body: { items } };
  const handler = (await route())[method];
  const response = await handler(makeRequest({ method, as: owner, ...body }), withParams({ videoId }));
  expect(response.status).toBe(200);
  return response.json();
};

/** What every reader of chapters is told: the API, players, other sites, sound files and search. */
const everywhere = async (videoId: string) => {
  const video = await getVideo({ viewer: null, videoId });
  const facts = await findExportFacts(db(), videoId);
  if (facts === null) throw new Error("the video is there");
  const [document] = await readDocuments(db(), [videoId]);
  return {
    player: video.playback.chapters.map(({ title }) => title),
    pages: (
      await pageFacts({ ...video, playback: { ...video.playback, posterUrl: "/media/poster.jpg" } })
    ).described?.chapters.map(({ title }) => title),
    sound: heldChapters({ ...facts, rows: facts.chapterRows }).items.map(({ title }) => title),
    search: document?.chapters,
  };
};
const all = (...titles: string[]) => ({ player: titles, pages: titles, sound: titles, search: titles });

const runWith = async (videoId: string, titles: readonly string[]) => {
  const run = await makeRun({ videoId, state: "published" });
  const chapters = titles.map((title, index) => ({ startMs: index * 10_000, title }));
  await makeRunStep({
    runId: run.id,
    kind: "text",
    state: "done",
    result: { captions: [], chapters },
    required: false,
  });
  await transaction((tx) => applyTexts(tx, run));
};

const listed = "0:00 One\n0:10 Two\n0:20 Three";

test("by hand, else from the description, else from the file; every reader has the same", async () => {
  const { id: videoId } = await ownVideo();
  await runWith(videoId, ["File a", "File b"]);
  expect(await ask(videoId, "GET")).toMatchObject({ origin: "file", items: { length: 2 } });
  expect(await everywhere(videoId)).toMatchObject(all("File a", "File b"));

  await editVideo({ viewer: owner.account, videoId, patch: { description: listed } });
  expect(await ask(videoId, "GET")).toMatchObject({ origin: "description" });
  expect(await everywhere(videoId)).toMatchObject(all("One", "Two", "Three"));

  expect(await ask(videoId, "PUT", [{ startMs: 10_000, title: "Mine" }])).toMatchObject({ origin: "editor" });
  // Its start is one of the file's too.
  await runWith(videoId, ["Again a", "Again b"]);
  expect(await everywhere(videoId)).toMatchObject(all("Mine"));

  expect(await ask(videoId, "DELETE")).toMatchObject({ origin: "description", items: { length: 3 } });
  await editVideo({ viewer: owner.account, videoId, patch: { description: "no times any more" } });
  expect(await ask(videoId, "GET")).toMatchObject({ origin: "file" });
  expect(await everywhere(videoId)).toMatchObject(all("Again a", "Again b"));
});

test("an empty list means none until it is taken back, and search hears of both", async () => {
  const { id: videoId } = await ownVideo({ description: listed });
  const heard = async () => {
    const rows = await db().select().from(searchChanges).where(eq(searchChanges.subjectId, videoId));
    await db().delete(searchChanges).where(eq(searchChanges.subjectId, videoId));
    return rows.length > 0;
  };
  await heard();
  expect(await ask(videoId, "PUT", [])).toEqual({ items: [], origin: "editor", nextCursor: null });
  expect(await heard()).toBe(true);
  expect(await everywhere(videoId)).toMatchObject(all());
  await runWith(videoId, ["File a", "File b"]);
  expect(await ask(videoId, "GET")).toMatchObject({ origin: "editor", items: [] });
  await heard();
  expect(await ask(videoId, "DELETE")).toMatchObject({ origin: "description" });
  expect(await heard()).toBe(true);
  // Nothing to take back: the same again.
  expect(await ask(videoId, "DELETE")).toMatchObject({ origin: "description" });
});

test("the video counts as changed, so that its sound files are made anew", async () => {
  const { id: videoId } = await ownVideo({ description: listed, updatedAt: new Date(0) });
  await ask(videoId, "DELETE");
  const [row] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(row?.updatedAt.getTime()).toBeGreaterThan(0);
});
