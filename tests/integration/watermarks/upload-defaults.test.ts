import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { channels, settings, videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { getUploadDefaults, setSiteUploadDefaults, setUploadDefaults } from "#lib/uploads/upload-defaults.ts";
import { parseUploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { deleteWatermark } from "#lib/watermarks/edit-watermark.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;
let admin: Person;

const design = {
  ...{ kind: "image", text: null, position: "center", opacity: 1, scale: 0.2, margin: 0.05 },
} as const;

const makeMark = async (channelId: string | null, values: Partial<typeof watermarks.$inferInsert> = {}) => {
  const id = newId();
  const image = { imageKey: `watermarks/${id}/${newId()}.png`, imageWidth: 300, imageHeight: 100 };
  await db()
    .insert(watermarks)
    .values({ id, channelId, name: "Logo", design, state: "ready", ...image, ...values });
  return id;
};

beforeAll(async () => {
  admin = await makePerson({ role: "admin" });
});

beforeEach(async () => {
  owner = await makePerson();
  await db().delete(settings);
});

/** The wishes of a new video whose upload says that. */
const wishesOf = async (options: unknown) => {
  const metadata = parseUploadMetadata(
    options === undefined ? null : `options ${Buffer.from(JSON.stringify(options)).toString("base64")}`,
  );
  const { videoId } = await createUpload({
    ...{ viewer: owner.account, uploadId: newId(), sizeBytes: 4, metadata, freeBytes: async () => null },
  });
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  return video?.wishes;
};

const usual = { watermark: "site", audio: false, normalize: false } as const;
const set = (defaults: Partial<Parameters<typeof setUploadDefaults>[0]["defaults"]>) =>
  setUploadDefaults({ viewer: owner.account, defaults: { ...usual, ...defaults } });
const setSite = (watermarkId: string | null) =>
  setSiteUploadDefaults({ viewer: admin.account, defaults: { watermarkId } });

test("without defaults an upload gets nothing in particular", async () => {
  expect(await getUploadDefaults({ viewer: owner.account })).toEqual({
    ...{ channel: usual, site: { watermarkId: null }, watermarkId: null },
  });
  expect(await wishesOf(undefined)).toMatchObject({ watermark: null, mp3: false, normalizeLoudness: false });
});

test("a channel's default mark and sound go into uploads that say nothing", async () => {
  const mark = await makeMark(owner.channelId);
  expect(await set({ watermark: mark, audio: true, normalize: true })).toMatchObject({ watermarkId: mark });
  const wished = { watermark: { watermarkId: mark, imageWidth: 300 }, mp3: true, normalizeLoudness: true };
  expect(await wishesOf(undefined)).toMatchObject(wished);
  expect(await wishesOf({ audioOnly: true })).toMatchObject({ ...wished, audioOnly: true });
});

test("what an upload says wins over the defaults", async () => {
  const other = await makeMark(owner.channelId);
  await set({ watermark: await makeMark(owner.channelId), audio: true, normalize: true });
  expect(await wishesOf({ watermarkId: other })).toMatchObject({ watermark: { watermarkId: other } });
  expect(await wishesOf({ watermarkId: null, audio: false, normalize: false })).toMatchObject({
    ...{ watermark: null, mp3: false, normalizeLoudness: false },
  });
});

test("the instance's default holds for channels that leave it to the site", async () => {
  const mark = await makeMark(null);
  await setSite(mark);
  expect(await getUploadDefaults({ viewer: owner.account })).toMatchObject({
    ...{ site: { watermarkId: mark }, watermarkId: mark },
  });
  expect(await wishesOf(undefined)).toMatchObject({ watermark: { watermarkId: mark } });
  await set({ watermark: "none" });
  expect(await wishesOf(undefined)).toMatchObject({ watermark: null });
  await setSite(null);
  await set({ watermark: "site" });
  expect(await wishesOf(undefined)).toMatchObject({ watermark: null });
});

test("a default whose mark was deleted counts as never set", async () => {
  const mark = await makeMark(owner.channelId);
  const offered = await makeMark(null);
  await setSite(offered);
  await set({ watermark: mark });
  await deleteWatermark({ viewer: owner.account, watermarkId: mark });
  expect(await getUploadDefaults({ viewer: owner.account })).toMatchObject({
    ...{ channel: { watermark: "site" }, watermarkId: offered },
  });
  await deleteWatermark({ viewer: admin.account, watermarkId: offered });
  expect(await wishesOf(undefined)).toMatchObject({ watermark: null });
});

test("while a default mark is drawn anew, uploads carry its image before rather than none", async () => {
  const mark = await makeMark(owner.channelId);
  await set({ watermark: mark });
  await db().update(watermarks).set({ state: "drawing" }).where(eq(watermarks.id, mark));
  expect(await wishesOf(undefined)).toMatchObject({ watermark: { watermarkId: mark } });
});

test("a stranger's mark, one without an image, and a channel's for the whole site are refused", async () => {
  const stranger = await makePerson();
  const theirs = await makeMark(stranger.channelId);
  await expect(set({ watermark: theirs })).rejects.toMatchObject({ code: "not_found" });
  const empty = await makeMark(owner.channelId, { state: "empty", imageKey: null });
  await expect(set({ watermark: empty })).rejects.toMatchObject({ code: "unprocessable" });
  await expect(setSite(theirs)).rejects.toMatchObject({ code: "not_found" });
  const mine = setSiteUploadDefaults({ viewer: owner.account, defaults: { watermarkId: null } });
  await expect(mine).rejects.toMatchObject({ code: "forbidden" });
  const [channel] = await db().select().from(channels).where(eq(channels.id, owner.channelId));
  expect(channel?.uploadDefaults).toEqual({});
});
