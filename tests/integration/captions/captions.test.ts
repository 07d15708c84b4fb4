import { eq, sql } from "drizzle-orm";
import * as HLS from "hls-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { applyTexts } from "#lib/captions/apply-texts.ts";
import { type CaptionDto, captionSchema } from "#lib/captions/dto.ts";
import { sweepCaptions } from "#lib/captions/sweep-captions.ts";
import { db, transaction } from "#lib/db/client.ts";
import { takeWaitingJob } from "#lib/db/queries/runs/jobs.ts";
import { captions, chapters, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { enqueueRunRemoval, removeRunFiles, runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey, captionsPrefix, multivariantKey } from "#lib/storage/keys.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { purgeVideo } from "#lib/videos/purge-video.ts";
import { livePlan } from "#tests/factories/live-plan.ts";
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
    ...{ visibility: "public", publishedAt: new Date(), ...values },
  });

const collection = () => import("../../../app/api/v1/videos/[videoId]/captions/route.ts");
const single = () => import("../../../app/api/v1/videos/[videoId]/captions/[captionId]/route.ts");
const chapterRoute = () => import("../../../app/api/v1/videos/[videoId]/chapters/route.ts");
const mediaRoute = () => import("../../../app/media/[...key]/route.ts");

const srt = "1\n00:00:01,000 --> 00:00:02,000\nПривіт & <b>бувай</b>\n";

const send = async (videoId: string, body: BodyInit, query = "language=uk", type = "application/x-subrip") =>
  (await collection()).POST(
    new Request(`http://kinora.test:3000/api/v1/videos/${videoId}/captions?${query}`, {
      method: "POST",
      headers: {
        host: "kinora.test:3000",
        cookie: owner.cookie,
        origin: "http://kinora.test:3000",
        "content-type": type,
      },
      body,
    }),
    withParams({ videoId }),
  );

const sent = async (videoId: string, query?: string): Promise<CaptionDto> => {
  const response = await send(videoId, srt, query);
  expect(response.status).toBe(201);
  return captionSchema.parse(await response.json());
};

const media = async (path: string): Promise<Response> =>
  (await mediaRoute()).GET(makeRequest({ path, as: owner }), withParams());

describe("caption files", () => {
  test("are taken in any encoding, listed, changed, downloaded and deleted", async () => {
    const { id: videoId } = await ownVideo();
    // "Привіт" in windows-1251.
    const bytes = Uint8Array.from([
      ...Buffer.from("1\r\n00:00:01,000 --> 00:00:02,000\r\n"),
      0xcf,
      0xf0,
      0xe8,
      0xe2,
      0xb3,
      0xf2,
    ]);
    const added = captionSchema.parse(await (await send(videoId, bytes, "language=ukr")).json());
    expect(added).toMatchObject({
      language: "uk",
      label: "Українська",
      origin: "upload",
      cueCount: 1,
      isDefault: false,
    });
    const other = await sent(videoId, "language=en-gb&label=English%20(UK)&isDefault=true&kind=captions");
    expect(other).toMatchObject({ language: "en-GB", label: "English (UK)", kind: "captions", isDefault: true });

    const params = withParams({ videoId, captionId: added.id });
    const path = added.downloadUrl;
    const patch = { language: "pl", label: "", isDefault: true };
    const changed = await (await single()).PATCH(
      makeRequest({ method: "PATCH", path, as: owner, body: patch }),
      params,
    );
    expect(await changed.json()).toMatchObject({ language: "pl", label: "Polski", isDefault: true });
    const list = await (await collection()).GET(makeRequest({ as: owner }), withParams({ videoId }));
    expect(await list.json()).toMatchObject({
      items: [
        { id: added.id, isDefault: true },
        { id: other.id, isDefault: false },
      ],
      nextCursor: null,
    });

    const download = await (await single()).GET(makeRequest({ path }), params);
    expect(download.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
    expect(download.headers.get("content-disposition")).toContain(".pl.vtt");
    expect(await download.text()).toBe("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nПривіт\n");

    const remove = () =>
      single().then(({ DELETE }) => DELETE(makeRequest({ method: "DELETE", path, as: owner }), params));
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  test.each<[string, number, string, BodyInit, string]>([
    ["no captions", 422, "unprocessable", "hello", "language=uk"],
    ["a broken time", 422, "unprocessable", "WEBVTT\n\n1:2 --> 3:4\nx", "language=uk"],
    ["too many bytes", 413, "too_large", "x".repeat(2 * 1024 * 1024 + 1), "language=uk"],
    ["no language", 400, "invalid_input", srt, "language=not%20one"],
    ["an unknown word", 400, "invalid_input", srt, "colour=red"],
  ])("%s is refused with a code", async (_name, status, code, body, query) => {
    const { id: videoId } = await ownVideo();
    const response = await send(videoId, body, query);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(await db().select().from(captions).where(eq(captions.videoId, videoId))).toEqual([]);
  });

  test("text as JSON", async () => {
    const { id: videoId } = await ownVideo();
    const response = await send(videoId, JSON.stringify({ language: "de", text: srt }), "", "application/json");
    expect(await response.json()).toMatchObject({ language: "de", label: "Deutsch", cueCount: 1 });
  });
});

describe("in the streams", () => {
  test("captions stand in the stored multivariant playlist the moment they are there, in the DTO too", async () => {
    const runId = newId();
    const { id: videoId } = await ownVideo({ currentRunId: runId, visibility: "private" });
    const playlist = '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="avc1.64001e"\n360p/index.m3u8\n';
    await objectStore().put({ key: multivariantKey({ videoId, runId }), body: Buffer.from(playlist) });
    const { hlsUrl } = (await getVideo({ viewer: owner.account, videoId })).playback;
    const plain = await media(hlsUrl ?? "");
    expect(await plain.text()).toBe(playlist);

    const added = await sent(videoId);
    const [caption] = (await getVideo({ viewer: owner.account, videoId })).playback.captions;
    expect(caption).toEqual({
      id: added.id,
      language: "uk",
      label: "Українська",
      url: expect.stringMatching(/^\/media\/signed\//),
    });

    const response = await media(hlsUrl ?? "");
    expect(response.headers.get("cache-control")).toBe("private, max-age=5");
    expect(response.headers.get("content-type")).toBe("application/vnd.apple.mpegurl");
    const text = await response.text();
    HLS.setOptions({ strictMode: true });
    const parsed = HLS.parse(text);
    const [track] = "variants" in parsed ? (parsed.variants[0]?.subtitles ?? []) : [];
    expect(track).toMatchObject({ name: "Українська", language: "uk" });
    // The way a player goes: relative to the playlist's signed address.
    const listUrl = new URL(track?.uri ?? "", `http://x${hlsUrl}`).pathname;
    const list = await (await media(listUrl)).text();
    expect(list).toContain("#EXTINF:60.000,");
    const fileUrl = new URL(/^[^#].*\.vtt$/m.exec(list)?.[0] ?? "", `http://x${listUrl}`).pathname;
    expect(fileUrl).toBe(caption?.url);
    const file = await media(fileUrl);
    expect(file.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
    expect(await file.text()).toBe(
      "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00:01.000 --> 00:00:02.000\nПривіт &amp; <b>бувай</b>\n",
    );
    const same = await (await mediaRoute()).GET(
      makeRequest({ path: hlsUrl ?? "", as: owner, headers: { "if-none-match": response.headers.get("etag") ?? "" } }),
      withParams(),
    );
    expect(same.status).toBe(304);
  });

  test("a playlist of captions that are not there is not there", async () => {
    const { id: videoId } = await ownVideo();
    const key = captionKey({ videoId, captionId: newId(), version: 1 }).replace(/vtt$/, "m3u8");
    expect((await media(`/media/${key}`)).status).toBe(404);
  });
});

describe("a run's end", () => {
  const fileCaption = async (videoId: string) => {
    const id = newId();
    const key = captionKey({ videoId, captionId: id, version: 1 });
    await objectStore().put({ key, body: Buffer.from("WEBVTT\n\n") });
    return {
      id,
      key,
      language: "en",
      label: "English",
      kind: "subtitles",
      isDefault: false,
      sizeBytes: 8,
      cueCount: 1,
    };
  };
  const runWith = async (videoId: string, result: unknown, state: "done" | "failed" = "done") => {
    const run = await makeRun({ videoId, state: "published" });
    await makeRunStep({ runId: run.id, kind: "text", state, result, required: false });
    await transaction((tx) => applyTexts(tx, run));
  };
  const labels = async (videoId: string) =>
    (await db().select().from(captions).where(eq(captions.videoId, videoId))).map(
      ({ label, origin }) => `${origin} ${label}`,
    );

  test("replaces what the file had, never what people brought; a failed step takes nothing away", async () => {
    const { id: videoId } = await ownVideo();
    await sent(videoId);
    const marks = (title: string) => [0, 10_000].map((startMs) => ({ startMs, title }));
    await runWith(videoId, { captions: [await fileCaption(videoId)], chapters: marks("a") });
    await runWith(videoId, { captions: [{ ...(await fileCaption(videoId)), label: "Second" }], chapters: marks("b") });
    await runWith(videoId, null, "failed");
    expect((await labels(videoId)).toSorted()).toEqual(["file Second", "upload Українська"]);
    expect((await getVideo({ viewer: null, videoId })).playback.chapters).toEqual(marks("b"));

    const items = [{ startMs: 5_000, title: "Own" }];
    const put = makeRequest({ method: "PUT", as: owner, body: { items } });
    const response = await (await chapterRoute()).PUT(put, withParams({ videoId }));
    expect(await response.json()).toEqual({ items, origin: "editor", nextCursor: null });
    await runWith(videoId, { captions: [], chapters: marks("c") });
    expect(await labels(videoId)).toEqual(["upload Українська"]);
    expect((await getVideo({ viewer: null, videoId })).playback.chapters).toEqual(items);
  });

  test("files of a failed run stay as long as a retry may go on from it, then they go", async () => {
    const { id: videoId } = await ownVideo();
    const caption = await fileCaption(videoId);
    const plan = { ...livePlan("none"), text: { tracks: [], chapters: [] } };
    const { id: runId } = await makeRun({ videoId, state: "failed", endedAt: new Date(), plan });
    await makeRunStep({ runId, kind: "text", state: "done", result: { captions: [caption], chapters: [] } });
    const { signal } = new AbortController();
    const later = new Date(Date.now() + 48 * 3600 * 1000);
    const sweep = async () => {
      await sweepCaptions({ videoId, signal, now: later });
      return objectStore().head(caption.key);
    };
    await transaction((tx) => enqueueRunRemoval(tx, { videoId, runId, why: "failed" }));
    expect(await sweep()).not.toBeNull();

    await removeRunFiles({ videoId, runId });
    await transaction((tx) => takeWaitingJob(tx, runRemovalKey(runId)));
    // The removal of the run's own files has a look at these queued.
    const due = await db().execute(sql`
      select 1 from graphile_worker.jobs where key = ${`captions-sweep:${videoId}`} and run_at > now()`);
    expect(due).toHaveLength(1);
    expect(await sweep()).toBeNull();
  });

  test("files that nothing names go after a day, and a purge takes everything", async () => {
    const { id: videoId } = await ownVideo();
    const kept = await sent(videoId);
    await fileCaption(videoId);
    const { signal } = new AbortController();
    const keys = async () => (await Array.fromAsync(objectStore().list(captionsPrefix(videoId)))).map(({ key }) => key);
    await sweepCaptions({ videoId, signal });
    expect(await keys()).toHaveLength(2);
    await sweepCaptions({ videoId, signal, now: new Date(Date.now() + 25 * 3600 * 1000) });
    expect(await keys()).toEqual([captionKey({ videoId, captionId: kept.id, version: 1 })]);
    await db().insert(chapters).values({ videoId, startMs: 0, title: "x", origin: "editor" });
    const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    await db().update(videos).set({ deletedAt: longAgo }).where(eq(videos.id, videoId));
    await purgeVideo({ videoId, signal });
    expect(await keys()).toEqual([]);
    expect(await db().select().from(videos).where(eq(videos.id, videoId))).toEqual([]);
  });
});

describe("chapters", () => {
  test("come from the description when there are no others", async () => {
    const description = "0:00 Вступ\n0:10 Далі\n0:20 Кінець";
    const { id: videoId } = await ownVideo({ description });
    expect((await getVideo({ viewer: null, videoId })).playback.chapters).toHaveLength(3);
    const response = await (await chapterRoute()).GET(makeRequest({}), withParams({ videoId }));
    expect(await response.json()).toMatchObject({
      origin: "description",
      items: [{ startMs: 0, title: "Вступ" }, {}, {}],
    });
  });

  test("that begin twice or after the end are refused by field", async () => {
    const { id: videoId } = await ownVideo();
    const items = [
      { startMs: 0, title: "a" },
      { startMs: 0, title: "b" },
      { startMs: 60_000, title: "c" },
    ];
    const put = makeRequest({ method: "PUT", as: owner, body: { items } });
    const response = await (await chapterRoute()).PUT(put, withParams({ videoId }));
    expect(response.status).toBe(400);
    expect(Object.keys((await response.json()).error.fields)).toEqual(["items.1.startMs", "items.2.startMs"]);
  });
});
