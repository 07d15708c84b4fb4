import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { applyTexts } from "#lib/captions/apply-texts.ts";
import { captionSchema } from "#lib/captions/dto.ts";
import { type CaptionScriptDto, captionScriptSchema } from "#lib/captions/script/dto.ts";
import { readScript } from "#lib/captions/script/read-script.ts";
import { db, transaction } from "#lib/db/client.ts";
import { assets, captions, type runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { listTranscript } from "#lib/search/cues/list-transcript.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey, captionsPrefix } from "#lib/storage/keys.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun, makeRunStep } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;

beforeAll(async () => {
  owner = await makePerson();
});

const ownVideo = (values: Partial<typeof videos.$inferInsert> = {}) =>
  makeFindable({ title: "Відео", creatorId: owner.account.id, channelId: owner.channelId, ...values });

const scriptRoute = () => import("../../../app/api/v1/videos/[videoId]/captions/[captionId]/script/route.ts");
const collection = () => import("../../../app/api/v1/videos/[videoId]/captions/route.ts");

type Track = { videoId: string; captionId: string };
const signal = () => AbortSignal.timeout(20_000);

const read = async (track: Track): Promise<CaptionScriptDto> => {
  const response = await (await scriptRoute()).GET(makeRequest({ as: owner }), withParams(track));
  expect(response.status).toBe(200);
  return captionScriptSchema.parse(await response.json());
};

const save = async (track: Track, body: unknown): Promise<Response> =>
  (await scriptRoute()).PUT(makeRequest({ method: "PUT", as: owner, body }), withParams(track));

const saved = async (track: Track, body: unknown): Promise<CaptionScriptDto> => {
  const response = await save(track, body);
  expect(response.status).toBe(200);
  return captionScriptSchema.parse(await response.json());
};

const spoken = async (lines: readonly (readonly [number, string])[]): Promise<Track> => {
  const { id: videoId } = await ownVideo();
  return { videoId, captionId: await addSpoken(videoId, lines) };
};

const keysOf = async ({ videoId }: Track) =>
  (await Array.fromAsync(objectStore().list(captionsPrefix(videoId)))).map(({ key }) => key);

describe("a track's captions", () => {
  test("become a new version; player, transcript, search and storage follow", async () => {
    const track = await spoken([
      [1, "Перший рядок"],
      [5, "Другий рядок"],
    ]);
    await indexAll(postgresEngine);
    const { version, items } = await read(track);
    expect(items[0]).toEqual({ startMs: 1000, endMs: 3000, text: "Перший рядок", settings: "" });
    const before = (await getVideo({ viewer: null, videoId: track.videoId })).playback.captions[0]?.url;

    const changed = await saved(track, {
      version,
      items: [
        { ...items[1], startMs: 4500 },
        { ...items[0], text: "<i>Борщ</i> кипить", settings: "line:0" },
      ],
    });
    expect(changed.version).not.toBe(version);
    expect(await read(track)).toEqual(changed);

    const after = (await getVideo({ viewer: null, videoId: track.videoId })).playback.captions[0]?.url;
    expect(after).not.toBe(before);
    const key = captionKey({ ...track, version: changed.version });
    expect(await keysOf(track)).toContain(key);
    const [asset] = await db().select().from(assets).where(eq(assets.key, key));
    const [row] = await db().select().from(captions).where(eq(captions.id, track.captionId));
    expect(row).toMatchObject({ key, cueCount: 2, origin: "upload", sizeBytes: asset?.sizeBytes });

    const lines = async () => (await listTranscript({ viewer: null, ...track, signal: signal() })).items;
    const expected = [
      { startMs: 1000, endMs: 3000, text: "Борщ кипить" },
      { startMs: 4500, endMs: 7000, text: "Другий рядок" },
    ];
    expect(await lines()).toEqual(expected);
    await indexAll(postgresEngine);
    expect(await lines()).toEqual(expected);
    const found = async (q: string) =>
      (await postgresEngine.search(searchFor(`${q} `))).hits.map(({ videoId }) => videoId);
    expect(await found("борщі")).toContain(track.videoId);
    expect(await found("перший")).not.toContain(track.videoId);
  });

  test("keep the places that an uploaded file gave them", async () => {
    const { id: videoId } = await ownVideo();
    const text =
      "WEBVTT\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000 align:start line:10%\n<b>a</b>\n\n00:03.000 --> 00:04.000\nb\n";
    const sent = await (await collection()).POST(
      makeRequest({ method: "POST", as: owner, body: { language: "en", text } }),
      withParams({ videoId }),
    );
    const { id: captionId } = captionSchema.parse(await sent.json());
    const { version, items } = await read({ videoId, captionId });
    const [first, second] = items;
    await saved({ videoId, captionId }, { version, items: [first, { ...second, text: "changed" }] });
    const [row] = await db().select().from(captions).where(eq(captions.id, captionId));
    const stream = await objectStore().read({ key: row?.key ?? "", signal: signal() });
    expect(Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Uint8Array>)).toString()).toContain(
      "00:00:01.000 --> 00:00:02.000 align:start line:10%\n<b>a</b>\n\n00:00:03.000 --> 00:00:04.000\nchanged\n",
    );
  });

  test("changed by somebody else meanwhile answer 409, and nothing is left behind", async () => {
    const track = await spoken([[1, "слово"]]);
    const { version, items } = await read(track);
    await saved(track, { version, items });
    const keys = await keysOf(track);
    const late = await save(track, { version, items: [] });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ error: { code: "conflict", hint: expect.any(String) } });
    expect(await keysOf(track)).toEqual(keys);
  });

  test("saved twice at once: one wins, the other is told, and only the winner's file is there", async () => {
    const track = await spoken([[1, "слово"]]);
    const { version, items } = await read(track);
    const before = (await keysOf(track)).length;
    const answers = await Promise.all(
      ["a", "b", "c"].map((text) => save(track, { version, items: [{ ...items[0], text }] })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const winner = captionScriptSchema.parse(await answers.find(({ status }) => status === 200)?.json());
    expect(await read(track)).toEqual(winner);
    expect(await keysOf(track)).toHaveLength(before + 1);
  });

  test("of a video that was taken down are there for admins alone", async () => {
    const track = await spoken([[1, "слово"]]);
    await db().update(videos).set({ takenDownAt: new Date() }).where(eq(videos.id, track.videoId));
    const admin = await makePerson({ role: "admin" });
    const { GET } = await scriptRoute();
    expect((await GET(makeRequest({ as: owner }), withParams(track))).status).toBe(404);
    expect((await GET(makeRequest({ as: admin }), withParams(track))).status).toBe(200);
  });

  test("that cannot be taken are refused by field", async () => {
    const track = await spoken([[1, "слово"]]);
    const { version } = await read(track);
    const items = [
      { startMs: 2000, endMs: 1000, text: "a" },
      { startMs: 0, endMs: 1000, text: "<i></i>" },
    ];
    const response = await save(track, { version, items });
    expect(response.status).toBe(400);
    expect(Object.keys((await response.json()).error.fields).toSorted()).toEqual(["items.0.endMs", "items.1.text"]);
    const gone = await save({ ...track, captionId: newId() }, { version, items: [] });
    expect(gone.status).toBe(404);
  });
});

describe("a new track without words", () => {
  test("is there for its editor, and for players once it has some", async () => {
    const { id: videoId } = await ownVideo();
    const sent = await (await collection()).POST(
      makeRequest({ method: "POST", as: owner, body: { language: "uk" } }),
      withParams({ videoId }),
    );
    expect(sent.status).toBe(201);
    const { id: captionId, cueCount } = captionSchema.parse(await sent.json());
    expect(cueCount).toBe(0);
    const shown = async () => (await getVideo({ viewer: null, videoId })).playback.captions.map(({ id }) => id);
    expect(await shown()).toEqual([]);
    const listed = async (as: Person | undefined) => {
      const list = await (await collection()).GET(makeRequest(as === undefined ? {} : { as }), withParams({ videoId }));
      return (await list.json()).items.length;
    };
    expect([await listed(owner), await listed(undefined)]).toEqual([1, 0]);
    const { version, items } = await read({ videoId, captionId });
    expect(items).toEqual([]);
    await saved({ videoId, captionId }, { version, items: [{ startMs: 0, endMs: 1000, text: "Привіт" }] });
    expect(await shown()).toEqual([captionId]);
  });
});

describe("what was found in the file and edited since", () => {
  const facts = { label: "English", kind: "subtitles", isDefault: false, sizeBytes: 60, cueCount: 1 } as const;
  const runWith = async (input: {
    videoId: string;
    languages: string[];
    reason?: (typeof runs.$inferInsert)["reason"];
  }) => {
    const { videoId, languages, reason } = input;
    const run = await makeRun({ videoId, state: "published", ...(reason === undefined ? {} : { reason }) });
    const tracks = languages.map((language) => {
      const id = newId();
      return { ...facts, id, language, key: captionKey({ videoId, captionId: id, version: 1 }) };
    });
    const body = Buffer.from("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nWord\n");
    for (const { key } of tracks) await objectStore().put({ key, body });
    await makeRunStep({
      runId: run.id,
      kind: "text",
      state: "done",
      result: { captions: tracks, chapters: [] },
      required: false,
    });
    await transaction((tx) => applyTexts(tx, run));
  };
  const tracksOf = async (videoId: string) =>
    (await db().select().from(captions).where(eq(captions.videoId, videoId)))
      .map(({ origin, language }) => `${origin} ${language}`)
      .toSorted();

  test("stays when the file is processed anew, and another file's tracks come beside it", async () => {
    const { id: videoId } = await ownVideo();
    await runWith({ videoId, languages: ["en", "uk"] });
    const tracks = await db().select().from(captions).where(eq(captions.videoId, videoId));
    const captionId = tracks.find(({ language }) => language === "en")?.id ?? "";
    const { version, items } = await readScript({ viewer: owner.account, videoId, captionId, signal: signal() });
    await saved({ videoId, captionId }, { version, items: [{ ...items[0], text: "Mended" }] });
    expect(await tracksOf(videoId)).toEqual(["edited en", "file uk"]);
    await runWith({ videoId, languages: ["en", "uk"] });
    expect(await tracksOf(videoId)).toEqual(["edited en", "file uk"]);
    // One edited track keeps one of its like away, not all.
    await runWith({ videoId, languages: ["en", "en"] });
    expect(await tracksOf(videoId)).toEqual(["edited en", "file en"]);
    await runWith({ videoId, languages: ["en"], reason: "replace" });
    expect(await tracksOf(videoId)).toEqual(["file en", "upload en"]);
  });
});
