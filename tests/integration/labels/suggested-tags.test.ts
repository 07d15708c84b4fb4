import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { forgetPerson } from "#lib/db/queries/accounts/leaving.ts";
import { findPlaceFromFile, putLook, replacePlace } from "#lib/db/queries/labels/labels.ts";
import { videoLabels, videoLooks, videoPlaces, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import type { AcceptedDto, SuggestedTagsDto } from "#lib/labels/dto.ts";
import { queueMissingLooks } from "#lib/labels/queue-look.ts";
import { afterPublish } from "#lib/processing/after-publish.ts";
import { objectStore } from "#lib/storage/index.ts";
import { type RunRef, runPrefix } from "#lib/storage/keys.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun } from "#tests/factories/rows.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { processFile } from "#tests/media/process-file.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { createDetector, type RunDetector } from "#worker/labels/run-detector.ts";
import { lookAtVideoTask } from "#worker/tasks/look-at-video.ts";
import * as settingsRoute from "../../../app/api/v1/me/label-settings/route.ts";
import * as nameRoute from "../../../app/api/v1/videos/[videoId]/suggested-tags/[name]/route.ts";
import * as listRoute from "../../../app/api/v1/videos/[videoId]/suggested-tags/route.ts";

testDatabase();
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** People, in a picture that comes with the model. */
const people = join(dirname(createRequire(import.meta.url).resolve("@vladmandic/human")), "../assets/samples.jpg");

const { ffmpeg, ffprobe, confinement } = createFfmpegRunner();
const detector = createDetector({ level: async () => (await confinement()).level });

let folder: string;
let original: Buffer;
/** What a real run left of it: names and bytes. */
let stills: { name: string; body: Buffer }[];
let owner: Person;

beforeAll(async () => {
  owner = await makePerson();
  folder = await mkdtemp(join(tmpdir(), "kinora-labels-"));
  const clip = join(folder, "clip.mp4");
  await runTool("ffmpeg", [
    ...["-loop", "1", "-i", people, "-t", "9", "-vf", "scale=640:360,fps=25,format=yuv420p", "-c:v", "libx264"],
    ...["-preset", "ultrafast", "-metadata", "location=+50.4501+030.5234/", clip],
  ]);
  original = await readFile(clip);
  const { runDir } = await processFile({ sourcePath: clip, outDir: folder });
  const names = (await readdir(runDir)).filter((name) => /^(storyboard|poster\.jpg)/.test(name));
  stills = await Promise.all(names.map(async (name) => ({ name, body: await readFile(join(runDir, name)) })));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A ready video with the stills of its run. */
const readyVideo = async (by: Person = owner): Promise<RunRef> => {
  const values = { status: "ready" as const, creatorId: by.account.id, channelId: by.channelId };
  const { videoId, sourceKey } = await makeReceivedVideo(values, original);
  const run = await makeRun({ videoId, sourceKey, state: "published" });
  await db().update(videos).set({ currentRunId: run.id, originalKey: sourceKey }).where(eq(videos.id, videoId));
  for (const { name, body } of stills) {
    await objectStore().put({ key: `${runPrefix({ videoId, runId: run.id })}${name}`, body });
  }
  return { videoId, runId: run.id };
};

const look = (ref: RunRef, by: RunDetector = detector) =>
  lookAtVideoTask({ store: objectStore(), ffmpeg, ffprobe, workspace: testWorkspace(), detector: by }).run(ref, {
    signal: new AbortController().signal,
  });

const list = async ({ videoId }: RunRef, as: Person = owner): Promise<SuggestedTagsDto> =>
  (await listRoute.GET(makeRequest({ as }), withParams({ videoId }))).json();
const accept = ({ videoId }: RunRef, name: string, language = "uk") =>
  nameRoute.PUT(makeRequest({ method: "PUT", as: owner, body: { language } }), withParams({ videoId, name }));
const remove = ({ videoId }: RunRef, name: string) =>
  nameRoute.DELETE(makeRequest({ method: "DELETE", as: owner }), withParams({ videoId, name }));
const allowPlaces = (as: Person, placeFromFile: boolean) =>
  settingsRoute.PUT(makeRequest({ method: "PUT", as, body: { placeFromFile } }), withParams({}));

describe("a look at a video", () => {
  it("suggests what the model saw in the stills of a real run, and leaves the tags alone", async () => {
    const ref = await readyVideo();
    expect(await list(ref)).toEqual({ state: "waiting", items: [], place: null });
    await look(ref);
    const { state, items, place } = await list(ref);
    expect({ state, place }).toEqual({ state: "done", place: null });
    expect(items[0]).toMatchObject({ label: "person", words: { en: "people", uk: "люди" } });
    expect(items[0]?.frames).toBeGreaterThan(1);
    const [video] = await db().select({ tags: videos.tags }).from(videos).where(eq(videos.id, ref.videoId));
    expect(video?.tags).toEqual([]);
  });

  it("happens once for a run, and again for the next one", async () => {
    const ref = await readyVideo();
    let looks = 0;
    const counted: RunDetector = (input) => {
      looks += 1;
      return detector(input);
    };
    await look(ref, counted);
    await look(ref, counted);
    expect(looks).toBe(1);
    await look({ ...ref, runId: newId() }, counted);
    expect(looks).toBe(1);
  });

  it("goes on without suggestions where the model does not start, and is taken up again", async () => {
    const ref = await readyVideo();
    const poor = createDetector({ level: async () => (await confinement()).level, memoryBytes: 128 * 1024 ** 2 });
    await look(ref, poor);
    expect(await list(ref)).toMatchObject({ state: "unavailable", items: [] });
    await look(ref);
    expect((await list(ref)).state).toBe("done");
  });

  it("finds nothing in a video without stills, and nothing to do for one that is deleted", async () => {
    const ref = await readyVideo();
    await objectStore().removePrefix(runPrefix(ref));
    await look(ref);
    expect(await list(ref)).toMatchObject({ state: "done", items: [] });
    const deleted = await readyVideo();
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, deleted.videoId));
    await look(deleted);
    expect(await db().select().from(videoLooks).where(eq(videoLooks.videoId, deleted.videoId))).toEqual([]);
  });
});

/** A video of which the model saw something already. */
const seenVideo = async (labels: readonly string[], tags: string[] = []): Promise<RunRef> => {
  const ref = await readyVideo();
  await db().update(videos).set({ tags }).where(eq(videos.id, ref.videoId));
  const rows = labels.map((label) => ({ videoId: ref.videoId, label, confidence: 0.6, frames: 2 }));
  await db()
    .insert(videoLabels)
    .values(rows.map((row) => ({ ...row, state: "suggested" as const })));
  return ref;
};

describe("a suggestion", () => {
  it("becomes an ordinary tag in the language that was asked for, once", async () => {
    const ref = await seenVideo(["dog", "cat"], ["парк"]);
    const response = await accept(ref, "dog");
    const { video, suggestions }: AcceptedDto = await response.json();
    expect(video.tags).toEqual(["парк", "собака"]);
    expect(suggestions.items.map(({ label }) => label)).toEqual(["cat"]);
    expect((await accept(ref, "dog")).status).toBe(404);
  });

  it("that was removed is never made again", async () => {
    const ref = await seenVideo(["person", "dog"]);
    expect((await remove(ref, "person")).status).toBe(200);
    expect((await remove(ref, "person")).status).toBe(404);
    await look(ref);
    expect((await list(ref)).items.map(({ label }) => label)).not.toContain("person");
    // What nobody decided about and was not seen again is gone.
    expect((await list(ref)).items.map(({ label }) => label)).not.toContain("dog");
  });

  it("is not told when the tag stands there already, in whichever language", async () => {
    const ref = await seenVideo(["dog", "cat"], ["Собака"]);
    expect((await list(ref)).items.map(({ label }) => label)).toEqual(["cat"]);
  });

  it("stays open when the video has all the tags it may have", async () => {
    const tags = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
    const ref = await seenVideo(["dog"], tags);
    expect((await accept(ref, "dog")).status).toBe(409);
    expect((await list(ref)).items).toHaveLength(1);
  });

  it("that nobody made cannot be decided about", async () => {
    const ref = await seenVideo(["dog"]);
    expect((await accept(ref, "cat")).status).toBe(404);
    expect((await accept(ref, "unicorn")).status).toBe(404);
    expect((await accept(ref, "place")).status).toBe(404);
  });
});

describe("the place of a file", () => {
  it("is read for nobody who did not ask for it", async () => {
    const ref = await readyVideo();
    await look(ref);
    expect((await list(ref)).place).toBeNull();
    expect(await db().select().from(videoPlaces).where(eq(videoPlaces.videoId, ref.videoId))).toEqual([]);
  });

  it("is suggested by its city to a kilometre, and accepted nothing but the tag is kept", async () => {
    const asker = await makePerson();
    expect(await (await settingsRoute.GET(makeRequest({ as: asker }), withParams({}))).json()).toEqual({
      placeFromFile: false,
    });
    expect((await allowPlaces(asker, true)).status).toBe(200);
    const ref = await readyVideo(asker);
    await look(ref);
    const words = { en: "Kyiv", uk: "Київ" };
    expect((await list(ref, asker)).place).toEqual({ city: "kyiv", latitude: 50.45, longitude: 30.52, words });
    const body = { language: "en" };
    const params = withParams({ videoId: ref.videoId, name: "place" });
    const accepted = await nameRoute.PUT(makeRequest({ method: "PUT", as: asker, body }), params);
    expect(((await accepted.json()) as AcceptedDto).video.tags).toEqual(["Kyiv"]);
    const [row] = await db().select().from(videoPlaces).where(eq(videoPlaces.videoId, ref.videoId));
    expect(row).toMatchObject({ state: "accepted", latitude: null, longitude: null, city: null });
    await look(ref);
    expect((await list(ref, asker)).place).toBeNull();
  });

  it("is forgotten when its owner changes their mind", async () => {
    const asker = await makePerson();
    await allowPlaces(asker, true);
    const ref = await readyVideo(asker);
    await look(ref);
    expect((await list(ref, asker)).place).not.toBeNull();
    await allowPlaces(asker, false);
    expect((await list(ref, asker)).place).toBeNull();
    expect(await db().select().from(videoPlaces).where(eq(videoPlaces.videoId, ref.videoId))).toEqual([]);
  });
});

it("a look is queued with the flip to a run, once, behind everything else", async () => {
  const run = await makeRun();
  const flip = () => transaction((tx) => afterPublish(tx, run));
  await flip();
  await flip();
  const jobs = await db().execute(sql`
    select task_identifier, priority, queue_name from graphile_worker.jobs where key = ${`look:${run.id}`}`);
  expect([...jobs]).toEqual([{ task_identifier: "labels/look", priority: 100, queue_name: "labels" }]);
});

it("looks at videos that were there before are queued once each", async () => {
  const signal = new AbortController().signal;
  const unseen = await readyVideo();
  const seen = await readyVideo();
  await transaction((tx) => putLook(tx, { ...seen, state: "done", frames: 3, tookMs: 9 }));
  const before = await queueMissingLooks({ signal });
  expect(await queueMissingLooks({ signal })).toBe(before);
  const waiting = async ({ runId }: RunRef) =>
    [...(await db().execute(sql`select 1 from graphile_worker.jobs where key = ${`look:${runId}`}`))].length;
  expect([await waiting(unseen), await waiting(seen)]).toEqual([1, 0]);
});

it("an account that goes takes its places along", async () => {
  const leaver = await makePerson();
  await allowPlaces(leaver, true);
  const ref = await readyVideo(leaver);
  await transaction((tx) =>
    replacePlace(tx, { videoId: ref.videoId, place: { latitude: 50.45, longitude: 30.52, city: "kyiv" } }),
  );
  await transaction((tx) => forgetPerson(tx, leaver.account.id));
  expect(await db().select().from(videoPlaces).where(eq(videoPlaces.videoId, ref.videoId))).toEqual([]);
  expect(await findPlaceFromFile(db(), { userId: leaver.account.id })).toBe(false);
});
