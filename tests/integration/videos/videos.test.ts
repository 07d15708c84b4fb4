import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { auditLog, runs, uploads, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey, posterKey } from "#lib/storage/keys.ts";
import { createVideo } from "#lib/videos/create-video.ts";
import { deleteVideo, restoreVideo } from "#lib/videos/delete-video.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { purgeVideo } from "#lib/videos/purge-video.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeUpload, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;
let other: Person;
let watcher: Person;

beforeAll(async () => {
  [owner, other, watcher] = [await makePerson(), await makePerson(), await makePerson({ role: "viewer" })];
});

const ownVideo = (values: Partial<typeof videos.$inferInsert> = {}) =>
  makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", ...values });
const publicVideo = (publishedAt: Date, values: Partial<typeof videos.$inferInsert> = {}) =>
  ownVideo({ visibility: "public", publishedAt, ...values });
const code = (expected: string) => expect.objectContaining({ code: expected });
const jobsOf = async (videoId: string) => {
  const rows = await db().execute(
    `select task_identifier, run_at from graphile_worker.jobs where key = 'purge:${videoId}'`,
  );
  return [...rows].map((row) => ({ name: String(row.task_identifier), runAt: new Date(String(row.run_at)) }));
};

const file = { visibility: "private", filename: "film.mp4", sizeBytes: 10 } as const;

describe("createVideo", () => {
  const create = (viewer: Person["account"] | null, title = "A film") =>
    transaction((tx) =>
      createVideo(tx, { viewer, channel: { id: owner.channelId }, title, ...file, wishes: noWishes }),
    );

  test("makes an uploading video on the creator's channel", async () => {
    const { videoId } = await create(owner.account);
    const video = await getVideo({ viewer: owner.account, videoId });
    expect(video).toMatchObject({ status: "uploading", playable: false, title: "A film", editable: true });
    expect(video.channel.id).toBe(owner.channelId);
  });

  test("is refused to viewers and nobody", async () => {
    await expect(create(watcher.account)).rejects.toEqual(code("forbidden"));
    await expect(create(null)).rejects.toEqual(code("unauthenticated"));
  });

  test("takes the file's name for an empty title and cuts a long one", async () => {
    const empty = await create(owner.account, "  ");
    expect((await getVideo({ viewer: owner.account, videoId: empty.videoId })).title).toBe("film.mp4");
    const long = await create(owner.account, "x".repeat(500));
    expect((await getVideo({ viewer: owner.account, videoId: long.videoId })).title).toHaveLength(200);
  });
});

describe("what a reader learns", () => {
  test("someone else's private video does not exist, nor does an unknown one", async () => {
    const video = await ownVideo({ visibility: "private" });
    for (const viewer of [null, other.account, watcher.account]) {
      await expect(getVideo({ viewer, videoId: video.id })).rejects.toEqual(code("not_found"));
    }
    await expect(getVideo({ viewer: owner.account, videoId: newId() })).rejects.toEqual(code("not_found"));
  });

  test("the parts for editors are empty for everyone else", async () => {
    const video = await publicVideo(new Date(), {
      status: "failed",
      failureCode: "not_media",
      frameRate: "30000/1001",
      originalKey: "originals/x/y",
    });
    const seen = await getVideo({ viewer: other.account, videoId: video.id });
    expect(seen).toMatchObject({ failure: null, upload: null, frameRate: 29.97, sourceSizeBytes: null, assets: [] });
    expect(seen.editable).toBe(false);
    const own = await getVideo({ viewer: owner.account, videoId: video.id });
    expect(own).toMatchObject({ frameRate: 29.97, sourceSizeBytes: 1000, editable: true });
    expect(own.failure).toMatchObject({ code: "not_media", retryable: false });
  });

  test("failures speak the reader's language", async () => {
    const video = await ownVideo({ status: "failed", failureCode: "truncated" });
    const words = async (locale: "en" | "uk") =>
      (await getVideo({ viewer: owner.account, videoId: video.id, locale })).failure?.message;
    expect(await words("uk")).toMatch(/[а-яіїєґ]/i);
    expect(await words("en")).not.toEqual(await words("uk"));
  });

  test("an upload that is going on tells its bytes", async () => {
    const video = await ownVideo({ status: "uploading" });
    const upload = await makeUpload({ videoId: video.id, ownerId: owner.account.id, offsetBytes: 400 });
    const seen = await getVideo({ viewer: owner.account, videoId: video.id });
    expect(seen.upload).toEqual({ id: upload.id, offsetBytes: 400, sizeBytes: 1000 });
  });

  test("private playback is signed and public playback is not", async () => {
    const run = { videoId: newId(), runId: newId() };
    const values = { id: run.videoId, currentRunId: run.runId, posterKey: posterKey(run) };
    await ownVideo({ ...values, visibility: "private" });
    const hidden = await getVideo({ viewer: owner.account, videoId: run.videoId });
    expect(hidden.playback.hlsUrl).toMatch(
      new RegExp(`^/media/signed/[^/]+/runs/${run.videoId}/${run.runId}/index.m3u8$`),
    );
    const open = await editVideo({ viewer: owner.account, videoId: run.videoId, patch: { visibility: "public" } });
    expect(open.playback.hlsUrl).toBe(`/media/runs/${run.videoId}/${run.runId}/index.m3u8`);
    expect(open.playable).toBe(true);
  });
});

describe("listVideos", () => {
  test("pages stay whole while videos come and go", async () => {
    const channel = await makePerson();
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    const mine = (second: number) =>
      makeVideo({
        creatorId: channel.account.id,
        channelId: channel.channelId,
        status: "ready",
        visibility: "public",
        publishedAt: at(second),
      });
    // Two of them at the very same instant: the id decides.
    const made = [await mine(1), await mine(2), await mine(2), await mine(3), await mine(4)];
    const page = (cursor?: string) =>
      listVideos({ viewer: null, query: { channel: channel.handle, limit: 2, cursor } });
    const first = await page();
    await mine(9);
    await db()
      .update(videos)
      .set({ deletedAt: new Date() })
      .where(eq(videos.id, first.items[0]?.id ?? ""));
    const second = await page(first.nextCursor ?? "");
    const third = await page(second.nextCursor ?? "");
    const ids = [...first.items, ...second.items, ...third.items].map((video) => video.id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids)).toEqual(new Set(made.map((video) => video.id)));
    expect(third.nextCursor).toBeNull();
  });

  test("holds nothing that is not public and ready, of anyone", async () => {
    const channel = await makePerson();
    const make = (values: Partial<typeof videos.$inferInsert>) =>
      makeVideo({ creatorId: channel.account.id, channelId: channel.channelId, publishedAt: new Date(), ...values });
    const shown = await make({ visibility: "public", status: "ready" });
    const others = [
      await make({ visibility: "private", status: "ready" }),
      await make({ visibility: "unlisted", status: "ready" }),
      await make({ visibility: "public", status: "processing" }),
      await make({ visibility: "public", status: "failed" }),
      await make({ visibility: "public", status: "ready", deletedAt: new Date() }),
    ];
    const list = async (viewer: Person["account"] | null, mine: boolean) =>
      (await listVideos({ viewer, query: { channel: channel.handle, mine } })).items.map((video) => video.id);
    expect(await list(null, false)).toEqual([shown.id]);
    expect(await list(channel.account, false)).toEqual([shown.id]);
    expect(await list(channel.account, true)).toHaveLength(others.length);
    expect(await list(other.account, true)).toEqual([]);
  });

  test("searches titles and takes signs for what they are", async () => {
    const word = newId().slice(-8);
    const video = await publicVideo(new Date(), { title: `100% ${word} Кіно` });
    const found = async (q: string) => (await listVideos({ viewer: null, query: { q } })).items.map(({ id }) => id);
    expect(await found(`100% ${word} кіно`)).toEqual([video.id]);
    expect(await found(`1_0% ${word}`)).toEqual([]);
  });

  test("sorts the other way round", async () => {
    const channel = await makePerson();
    const make = (publishedAt: Date) =>
      makeVideo({
        creatorId: channel.account.id,
        channelId: channel.channelId,
        status: "ready",
        visibility: "public",
        publishedAt,
      });
    const [early, late] = [await make(new Date(1_000)), await make(new Date(2_000))];
    const query = { channel: channel.handle, sort: "oldest", limit: 1 } as const;
    const first = await listVideos({ viewer: null, query });
    const second = await listVideos({ viewer: null, query: { ...query, cursor: first.nextCursor ?? "" } });
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual([early.id, late.id]);
  });

  test.each(["nonsense", "e30", Buffer.from('["x","y"]').toString("base64url")])(
    "refuses the cursor %j",
    async (cursor) => {
      await expect(listVideos({ viewer: null, query: { cursor } })).rejects.toEqual(code("invalid_input"));
    },
  );

  test("the public list is read from its index", async () => {
    const plan = await db().transaction(async (tx) => {
      await tx.execute("set local enable_seqscan = off");
      await tx.execute("set local enable_sort = off");
      return tx.execute(`explain select id from videos where visibility = 'public' and status = 'ready'
        and deleted_at is null and published_at is not null
        and (published_at, id) < (now(), '${newId()}'::uuid)
        order by published_at desc nulls last, id desc nulls last limit 21`);
    });
    expect(JSON.stringify(plan)).toMatch(/Index (Only )?Scan using videos_public_idx/);
  });
});

describe("editVideo", () => {
  test("publishes once and revokes playback when a video becomes more private", async () => {
    const video = await ownVideo({ visibility: "private" });
    const edit = (visibility: "private" | "unlisted" | "public") =>
      editVideo({ viewer: owner.account, videoId: video.id, patch: { visibility } });
    const version = async () => (await db().select().from(videos).where(eq(videos.id, video.id)))[0]?.playbackVersion;
    const published = (await edit("public")).publishedAt;
    expect(published).not.toBeNull();
    expect(await version()).toBe(1);
    await edit("unlisted");
    expect(await version()).toBe(2);
    expect((await edit("public")).publishedAt).toBe(published);
    await edit("private");
    expect(await version()).toBe(3);
  });

  test("a public video that is not ready is not published yet", async () => {
    const video = await ownVideo({ visibility: "private", status: "processing" });
    const edited = await editVideo({ viewer: owner.account, videoId: video.id, patch: { visibility: "public" } });
    expect(edited.publishedAt).toBeNull();
  });

  test("writes down what was there before, and keeps one of equal tags", async () => {
    const video = await ownVideo({ title: "Before" });
    const patch = { title: "After", tags: ["Кіно", "кіно", "Kyiv"] };
    expect((await editVideo({ viewer: owner.account, videoId: video.id, patch })).tags).toEqual(["кіно", "Kyiv"]);
    const [line] = await db().select().from(auditLog).where(eq(auditLog.targetId, video.id)).orderBy(auditLog.id);
    expect(line).toMatchObject({ actorId: owner.account.id, action: "video.edit" });
    expect(line).toMatchObject({ before: { title: "Before" }, after: { title: "After" } });
  });
});

describe("deleting", () => {
  test("hides at once, cancels the run, and can be undone", async () => {
    const video = await ownVideo({ status: "processing", visibility: "public", originalKey: "originals/a/b" });
    await transaction((tx) => startRun(tx, { videoId: video.id, sourceKey: "originals/a/b", reason: "upload" }));
    await deleteVideo({ viewer: owner.account, videoId: video.id });
    await expect(getVideo({ viewer: owner.account, videoId: video.id })).rejects.toEqual(code("not_found"));
    const states = async () =>
      (await db().select().from(runs).where(eq(runs.videoId, video.id))).map((run) => run.state);
    expect(await states()).toEqual(["cancelled"]);
    const [job] = await jobsOf(video.id);
    expect(job?.name).toBe("videos/purge");
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(6.9 * 24 * 3600 * 1000);
    await expect(restoreVideo({ viewer: other.account, videoId: video.id })).rejects.toEqual(code("not_found"));
    expect((await restoreVideo({ viewer: owner.account, videoId: video.id })).status).toBe("processing");
    expect((await states()).toSorted()).toEqual(["cancelled", "running"]);
    expect(await jobsOf(video.id)).toEqual([]);
  });

  test("is final after the grace time, files and rows, and never before", async () => {
    const video = await ownVideo({ visibility: "public" });
    const upload = await makeUpload({ videoId: video.id, ownerId: owner.account.id, state: "stored" });
    const key = originalKey({ videoId: video.id, uploadId: upload.id });
    await objectStore().put({ key, body: Buffer.from("bytes") });
    const purge = () => purgeVideo({ videoId: video.id, signal: AbortSignal.timeout(10_000) });
    await purge();
    await deleteVideo({ viewer: owner.account, videoId: video.id });
    await purge();
    expect(await objectStore().head(key)).not.toBeNull();
    const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    await db().update(videos).set({ deletedAt: longAgo }).where(eq(videos.id, video.id));
    await expect(restoreVideo({ viewer: owner.account, videoId: video.id })).rejects.toEqual(code("gone"));
    await purge();
    await purge();
    expect(await objectStore().head(key)).toBeNull();
    expect(await db().select().from(videos).where(eq(videos.id, video.id))).toEqual([]);
    expect(await db().select().from(uploads).where(eq(uploads.videoId, video.id))).toEqual([]);
  });
});

describe("reprocessVideo", () => {
  test("starts one run, and a second one only after it has ended", async () => {
    const video = await ownVideo({ status: "failed", failureCode: "internal", originalKey: "originals/a/b" });
    const again = () => reprocessVideo({ viewer: owner.account, videoId: video.id });
    expect(await again()).toMatchObject({ status: "processing", failure: null });
    await expect(again()).rejects.toEqual(code("conflict"));
    expect(await db().select().from(runs).where(eq(runs.videoId, video.id))).toMatchObject([{ reason: "retry" }]);
  });

  test("needs an original", async () => {
    const video = await ownVideo({ status: "uploading" });
    const again = reprocessVideo({ viewer: owner.account, videoId: video.id });
    await expect(again).rejects.toEqual(code("unprocessable"));
  });

  test("leaves a ready video ready", async () => {
    const video = await ownVideo({ status: "ready", originalKey: "originals/a/b", currentRunId: newId() });
    const started = await reprocessVideo({ viewer: owner.account, videoId: video.id });
    expect(started).toMatchObject({ status: "ready", playable: true });
    expect(started.progress?.stage).toBe("waiting");
  });
});
