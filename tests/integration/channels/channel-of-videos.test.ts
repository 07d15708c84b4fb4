import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { assets, auditLog, channels, usageCounters, usageEntries, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { parseUploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { listChannelsToMoveTo } from "#lib/videos/channel-to-move-to.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeChannel, makeVideo } from "#tests/factories/rows.ts";
import { metadata } from "#tests/factories/upload-words.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

let owner: Person;
let editor: Person;
let admin: Person;
let stranger: Person;
let second: string;

const join = (person: Person, channelId: string, role: "owner" | "editor") =>
  insertMember(db(), { channelId, userId: person.account.id, role });

beforeAll(async () => {
  [owner, editor, stranger] = [await makePerson(), await makePerson(), await makePerson()];
  admin = await makePerson({ role: "admin" });
  second = (await makeChannel({ ownerId: owner.account.id })).id;
  await join(editor, owner.channelId, "editor");
});

const code = (expected: string) => expect.objectContaining({ code: expected });
const ownVideo = (values: Partial<typeof videos.$inferInsert> = {}) =>
  makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", ...values });
const move = (viewer: Viewer, videoId: string, channelId: string) =>
  editVideo({ viewer, videoId, patch: { channelId } });
const upload = (viewer: Viewer, channelId: string) =>
  createUpload({
    ...{ viewer, uploadId: newId(), sizeBytes: 700, freeBytes: () => Promise.resolve(null) },
    metadata: parseUploadMetadata(metadata({ filename: "a.mp4", channelId })),
  });
const reservedBy = async ({ account }: Person) =>
  (await db().select().from(usageCounters).where(eq(usageCounters.userId, account.id)))[0]?.reservedBytes ?? 0;

describe("an upload", () => {
  test("goes into the channel that is named, and counts against the account that founded it", async () => {
    const own = await upload(owner.account, second);
    expect((await getVideo({ viewer: owner.account, videoId: own.videoId })).channel.id).toBe(second);
    const before = await reservedBy(owner);
    const { videoId } = await upload(editor.account, owner.channelId);
    expect((await getVideo({ viewer: owner.account, videoId })).channel.id).toBe(owner.channelId);
    expect(await reservedBy(owner)).toBe(before + 700);
    expect(await reservedBy(editor)).toBe(0);
  });

  test("is refused for a channel on which one does not work, also for an owner's other channel", async () => {
    await expect(upload(editor.account, second)).rejects.toEqual(code("not_found"));
    await expect(upload(stranger.account, owner.channelId)).rejects.toEqual(code("not_found"));
    await expect(upload(owner.account, newId())).rejects.toEqual(code("not_found"));
  });

  test("does not slip into a channel that is being deleted", async () => {
    const { id } = await makeChannel({ ownerId: owner.account.id });
    let began: Promise<unknown> = Promise.resolve();
    await transaction(async (tx) => {
      await tx.update(channels).set({ deletedAt: new Date() }).where(eq(channels.id, id));
      began = expect(upload(owner.account, id)).rejects.toEqual(code("not_found"));
      const waits = async () => (await db().execute("select 1 from pg_locks where not granted")).length > 0;
      await waitFor({ what: "an upload that waits for the channel", until: waits });
    });
    await began;
    expect(await db().select().from(videos).where(eq(videos.channelId, id))).toEqual([]);
  });
});

describe("a video", () => {
  test("moves to another channel of its founder with its bytes, whose owner stays the same", async () => {
    const video = await ownVideo();
    const key = `originals/${video.id}/${newId()}`;
    await objectStore().put({ key, body: Buffer.alloc(900, 1) });
    await db()
      .insert(assets)
      .values({
        ...{ id: newId(), videoId: video.id, runId: null, kind: "original", key, contentType: "video/mp4" },
        sizeBytes: 900,
      });
    const entries = () => db().select().from(usageEntries).where(eq(usageEntries.videoId, video.id));
    const before = await entries();
    const moved = await move(owner.account, video.id, second);
    expect(moved.channel.id).toBe(second);
    expect(await entries()).toEqual(before);
    await expectLedgerIsDisk();
    const audits = await db().select().from(auditLog).where(eq(auditLog.targetId, video.id)).orderBy(auditLog.id);
    expect(audits.at(-1)).toMatchObject({ before: { channelId: owner.channelId }, after: { channelId: second } });
    expect((await move(owner.account, video.id, second)).channel.id).toBe(second);
  });

  test("takes what is set aside for its upload along", async () => {
    const before = await reservedBy(owner);
    const { videoId } = await upload(owner.account, owner.channelId);
    await move(owner.account, videoId, second);
    expect(await reservedBy(owner)).toBe(before + 700);
  });

  test("is moved by owners of its channel and admins, not by editors, and only where they work", async () => {
    const video = await ownVideo({ visibility: "public", publishedAt: new Date() });
    await join(editor, second, "editor");
    await expect(move(editor.account, video.id, second)).rejects.toEqual(code("forbidden"));
    await expect(move(stranger.account, video.id, stranger.channelId)).rejects.toEqual(code("forbidden"));
    await expect(move(null, video.id, second)).rejects.toEqual(code("unauthenticated"));
    await expect(move(owner.account, video.id, stranger.channelId)).rejects.toEqual(code("not_found"));
    await expect(move(owner.account, video.id, newId())).rejects.toEqual(code("not_found"));
    expect((await move(admin.account, video.id, second)).channel.id).toBe(second);
  });

  test("does not move to a channel that counts against somebody else, whoever asks", async () => {
    await join(owner, stranger.channelId, "owner");
    const video = await ownVideo();
    await expect(move(owner.account, video.id, stranger.channelId)).rejects.toEqual(code("conflict"));
    await expect(move(admin.account, video.id, stranger.channelId)).rejects.toEqual(code("conflict"));
    expect((await getVideo({ viewer: owner.account, videoId: video.id })).channel.id).toBe(owner.channelId);
  });

  test("that is private is closed at once to those who work on the old channel only", async () => {
    const third = (await makeChannel({ ownerId: owner.account.id })).id;
    const video = await ownVideo();
    await move(owner.account, video.id, third);
    await expect(getVideo({ viewer: editor.account, videoId: video.id })).rejects.toEqual(code("not_found"));
    const [row] = await db().select().from(videos).where(eq(videos.id, video.id));
    expect(row?.playbackVersion).toBe(video.playbackVersion + 1);
    const open = await ownVideo({ visibility: "unlisted" });
    await move(owner.account, open.id, third);
    const [still] = await db().select().from(videos).where(eq(videos.id, open.id));
    expect(still?.playbackVersion).toBe(open.playbackVersion);
  });

  test("may stand where its viewer could move it", async () => {
    const mover = await makePerson();
    const [one, two] = [mover.channelId, (await makeChannel({ ownerId: mover.account.id })).id];
    await join(mover, owner.channelId, "owner");
    const { id: videoId } = await makeVideo({ creatorId: mover.account.id, channelId: one });
    await join(editor, one, "editor");
    const targets = async (viewer: Person["account"]) =>
      (await listChannelsToMoveTo({ viewer, videoId })).map(({ id }) => id);
    expect(await targets(mover.account)).toEqual([one, two]);
    expect(await targets(admin.account)).toEqual([one, two]);
    expect(await targets(editor.account)).toEqual([one]);
    await expect(targets(stranger.account)).rejects.toEqual(code("not_found"));
  });
});

describe("one's own list", () => {
  test("holds the videos of every channel one works on, or of one of them", async () => {
    const person = await makePerson();
    const other = (await makeChannel({ ownerId: person.account.id })).id;
    const in_ = async (channelId: string) => (await makeVideo({ creatorId: person.account.id, channelId })).id;
    const [first, last] = [await in_(person.channelId), await in_(other)];
    const ids = async (channel?: string) =>
      (await listVideos({ viewer: person.account, query: { mine: true, ...(channel ? { channel } : {}) } })).items.map(
        ({ id }) => id,
      );
    expect(await ids()).toEqual([last, first]);
    expect(await ids(other)).toEqual([last]);
    expect(await ids(person.channelId)).toEqual([first]);
    expect(await ids(owner.channelId)).toEqual([]);
  });
});
