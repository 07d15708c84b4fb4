import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { deleteChannel } from "#lib/channels/change-channel.ts";
import { db, dedicatedClient } from "#lib/db/client.ts";
import { listChannelsOfMember } from "#lib/db/queries/channels/channels.ts";
import { findWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { assets } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkPrefix } from "#lib/storage/keys.ts";
import { createWatermark } from "#lib/watermarks/create-watermark.ts";
import { removeUnusedImages } from "#lib/watermarks/remove-unused-images.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeChannel } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

const waitingQueries = async (): Promise<number> => {
  const rows = await db().execute(sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length;
};

test("of two channels that are deleted at the same moment one stays", async () => {
  const founder = await makePerson();
  const handles = [founder.handle, (await makeChannel({ ownerId: founder.account.id })).handle];
  const blocker = dedicatedClient({ name: "holds-channels" });
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hasLocked } = Promise.withResolvers<void>();
  const blocking = blocker.begin(async (sql) => {
    await sql`select id from channels where handle = any(${handles}) for update`;
    hasLocked();
    await released;
  });
  await locked;
  const deletions = handles.map((handle) => deleteChannel({ viewer: founder.account, handle }));
  await waitFor({ what: "two deletions that wait", until: async () => (await waitingQueries()) === 2 || null });
  release();
  await blocking;
  await blocker.end();
  const ended = await Promise.allSettled(deletions);
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await listChannelsOfMember(db(), founder.account.id)).toHaveLength(1);
});

test("a channel takes its marks along, and what they stored is given back", async () => {
  const founder = await makePerson();
  const second = await makeChannel({ ownerId: founder.account.id });
  const placement = { position: "center", opacity: 1, scale: 0.2, margin: 0.05 } as const;
  const { id: watermarkId } = await createWatermark({
    viewer: founder.account,
    mark: { name: "Logo", placement, channelId: second.id },
  });
  const key = `${watermarkPrefix(watermarkId)}${newId()}.png`;
  await objectStore().put({ key, body: Buffer.alloc(700, 1) });
  await db()
    .insert(assets)
    .values({ id: newId(), channelId: second.id, kind: "watermark", key, sizeBytes: 700, contentType: "image/png" });
  expect(await expectLedgerIsDisk()).toBe(700);
  await deleteChannel({ viewer: founder.account, handle: second.handle });
  await removeUnusedImages({ watermarkId });
  expect(await findWatermark(db(), { watermarkId })).toBeNull();
  expect(await db().select().from(assets).where(eq(assets.key, key))).toEqual([]);
  expect(await expectLedgerIsDisk()).toBe(0);
});
