import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { outbox, users, webhookDeliveries, webhooks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { queueWebhookDeliveries } from "#lib/webhooks/queue-deliveries.ts";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries.ts";
import { freePort } from "#scripts/start/free-port.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { type Answer, accept, type Receiver, startReceiver } from "#tests/factories/webhook-receiver.ts";
import {
  documentedVerifier,
  makeWebhook,
  passPauses,
  startDeliveries,
  tellWebhooks,
} from "#tests/factories/webhooks.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase({ WEBHOOK_PRIVATE_TARGETS: "allow" });

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
  await db().delete(webhookDeliveries);
});

const receiver = async (input: Parameters<typeof startReceiver>[0] = {}): Promise<Receiver> => {
  const started = await startReceiver(input);
  endings.push(started.stop);
  return started;
};
const deliveries = async () => {
  const { runner } = await startDeliveries();
  endings.push(() => runner.stop());
};
const rowsOf = (webhookId: string) =>
  db().select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId));
const ended = (webhookId: string) =>
  waitFor({
    what: "the end of all deliveries",
    until: async () => {
      const rows = await rowsOf(webhookId);
      return rows.length > 0 && rows.every(({ state }) => state !== "queued") ? rows : null;
    },
  });
const attempted = (webhookId: string, attempts: number) =>
  waitFor({
    what: `${attempts} attempts at every delivery`,
    until: async () => (await rowsOf(webhookId)).every((row) => row.attempts >= attempts || row.state !== "queued"),
  });

test("whoever is suspended or leaving hears nothing", async () => {
  for (const changes of [{ status: "suspended" as const }, { deletionRequestedAt: new Date() }]) {
    const { account } = await makePerson();
    const { id: webhookId } = await makeWebhook({ ownerId: account.id, url: "http://127.0.0.1:9/hook" });
    await db().update(users).set(changes).where(eq(users.id, account.id));
    await tellWebhooks({ userId: account.id });
    expect(await rowsOf(webhookId)).toEqual([]);
  }
});

test("a receiver that is down and then flaky gets every event at least once, with its id and a good signature", async () => {
  const { account } = await makePerson();
  const port = await freePort();
  const { id: webhookId, secret } = await makeWebhook({ ownerId: account.id, url: `http://127.0.0.1:${port}/hook` });
  const eventIds: string[] = [];
  for (let index = 0; index < 8; index += 1) eventIds.push(await tellWebhooks({ userId: account.id }));
  await deliveries();
  await attempted(webhookId, 1);
  expect(new Set((await rowsOf(webhookId)).map((row) => row.lastError))).toEqual(new Set(["connection_refused"]));

  const tries = new Map<string, number>();
  const flaky: Answer = ({ body }, response) => {
    const { id } = JSON.parse(body) as { id: string };
    const count = (tries.get(id) ?? 0) + 1;
    tries.set(id, count);
    if (count === 1) response.writeHead(500).end("not yet");
    else if (count === 2) response.destroy();
    else if (count === 3 && eventIds.indexOf(id) < 2) return;
    else if (count === 3) response.writeHead(302, { location: "http://127.0.0.1/" }).end();
    else accept({ body, headers: {}, path: "" }, response);
  };
  const up = await receiver({ port, answer: flaky });
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    await passPauses();
    await attempted(webhookId, attempt);
  }
  const rows = await ended(webhookId);
  expect(rows.map(({ state }) => state)).toEqual(Array(8).fill("delivered"));
  const ids = up.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(new Set(ids)).toEqual(new Set(eventIds));
  const isFromKinora = await documentedVerifier();
  for (const { body, headers } of up.received) {
    expect(isFromKinora({ body, header: headers["kinora-signature"], secret })).toBe(true);
  }
  const [webhook] = await db().select().from(webhooks).where(eq(webhooks.id, webhookId));
  expect(webhook?.failingSince).toBeNull();
}, 30_000);

test("the documented verifier refuses other bodies, other secrets and old signatures", async () => {
  const { account } = await makePerson();
  const up = await receiver();
  const { id: webhookId, secret } = await makeWebhook({ ownerId: account.id, url: up.url });
  await tellWebhooks({ userId: account.id });
  await deliveries();
  await ended(webhookId);
  const isFromKinora = await documentedVerifier();
  const body = up.received[0]?.body ?? "";
  const header = up.received[0]?.headers["kinora-signature"];
  expect(isFromKinora({ body, header, secret })).toBe(true);
  expect(isFromKinora({ body: `${body} `, header, secret })).toBe(false);
  expect(isFromKinora({ body, header, secret: `${secret}x` })).toBe(false);
  expect(isFromKinora({ body, header, secret, now: Date.now() + 301_000 })).toBe(false);
  expect(isFromKinora({ body, header: undefined, secret })).toBe(false);
});

test("an event tells the owner's view of its video, without addresses that open it", async () => {
  const { account, channelId } = await makePerson();
  const video = await makeVideo({ creatorId: account.id, channelId, status: "ready", title: "Мій перший фільм" });
  const up = await receiver();
  const { id } = await makeWebhook({ ownerId: account.id, url: up.url });
  await tellWebhooks({ userId: account.id, channelId, videoId: video.id });
  await deliveries();
  await ended(id);
  const { type, data } = JSON.parse(up.received[0]?.body ?? "{}");
  expect(type).toBe("video.ready");
  expect(data).toMatchObject({ userId: account.id, videoId: video.id, video: { title: "Мій перший фільм" } });
  expect(data.video).not.toHaveProperty("playback");
  expect(up.received[0]?.headers).toMatchObject({ "kinora-event": "video.ready", "content-type": /json/ });
});

test("a channel's webhook hears of its own channel, while its maker owns it", async () => {
  const owner = await makePerson();
  const stranger = await makePerson();
  const url = "http://127.0.0.1:9/";
  const own = await makeWebhook({ ownerId: owner.account.id, channelId: owner.channelId, url });
  const foreign = await makeWebhook({ ownerId: stranger.account.id, channelId: owner.channelId, url });
  await tellWebhooks({ userId: owner.account.id, channelId: owner.channelId });
  await tellWebhooks({ userId: owner.account.id, channelId: stranger.channelId });
  expect(await rowsOf(own.id)).toHaveLength(1);
  expect(await rowsOf(foreign.id)).toHaveLength(0);
});

test("an event told twice is delivered once, and one whose transaction fails not at all", async () => {
  const { account } = await makePerson();
  const { id } = await makeWebhook({ ownerId: account.id, url: "http://127.0.0.1:9/" });
  const base = { type: "video.ready", userId: account.id, channelId: null, videoId: null, data: {}, dedupeKey: null };
  const event = { ...base, id: newId(), createdAt: new Date(), dispatchedAt: null };
  await transaction((tx) => queueWebhookDeliveries(tx, event));
  await transaction((tx) => queueWebhookDeliveries(tx, event));
  const undone = transaction(async (tx) => {
    await queueWebhookDeliveries(tx, { ...event, id: newId() });
    throw new Error("the happening did not happen");
  });
  await expect(undone).rejects.toThrow("did not happen");
  expect(await rowsOf(id)).toHaveLength(1);
});

test("a redirect is a failure and is not followed; at most a kilobyte of the answer is kept", async () => {
  const { account } = await makePerson();
  const inner = await receiver();
  const up = await receiver({
    answer: (_received, response) => {
      response.writeHead(307, { location: inner.url });
      response.end("x".repeat(200_000));
    },
  });
  const { id } = await makeWebhook({ ownerId: account.id, url: up.url });
  await tellWebhooks({ userId: account.id });
  await deliveries();
  await attempted(id, 1);
  const [row] = await rowsOf(id);
  expect(row).toMatchObject({ state: "queued", lastStatus: 307, lastError: "redirect" });
  expect(row?.lastAnswer).toHaveLength(1_000);
  expect(inner.received).toEqual([]);
});

test("three days of nothing but failures switch a webhook off, and its owner is told once", async () => {
  const { account } = await makePerson();
  const up = await receiver({ answer: (_received, response) => response.writeHead(503).end() });
  const failingSince = new Date(Date.now() - 3 * 86_400_000 - 1_000);
  const { id } = await makeWebhook({ ownerId: account.id, url: up.url, failingSince });
  await tellWebhooks({ userId: account.id });
  await tellWebhooks({ userId: account.id });
  await deliveries();
  await attempted(id, 1);
  await passPauses();
  expect((await ended(id)).map((row) => row.lastError)).toEqual(["webhook_disabled", "webhook_disabled"]);
  const [webhook] = await db().select().from(webhooks).where(eq(webhooks.id, id));
  expect(webhook).toMatchObject({ state: "disabled", disabledReason: "failing" });
  const told = await db().select().from(outbox).where(eq(outbox.userId, account.id));
  expect(told.map(({ type }) => type)).toEqual(["webhook.disabled"]);
  expect(JSON.stringify(told[0]?.data)).not.toContain("/hook");
});

test("a delivery whose job was lost is queued again", async () => {
  const { account } = await makePerson();
  const up = await receiver();
  const { id } = await makeWebhook({ ownerId: account.id, url: up.url });
  await tellWebhooks({ userId: account.id });
  expect(await sweepDeliveries()).toBe(0);
  await db().execute("delete from graphile_worker._private_jobs");
  await db()
    .update(webhookDeliveries)
    .set({ nextAttemptAt: new Date(Date.now() - 61_000) });
  expect(await sweepDeliveries()).toBe(1);
  expect(await sweepDeliveries()).toBe(0);
  await deliveries();
  expect((await ended(id))[0]?.state).toBe("delivered");
});

test("deliveries that ended more than thirty days ago are removed", async () => {
  const { account } = await makePerson();
  const { id: webhookId } = await makeWebhook({ ownerId: account.id, url: "http://127.0.0.1:9/" });
  const row = (days: number, state: "delivered" | "queued") => ({
    ...{ id: newId(), webhookId, eventId: newId(), type: "video.ready", body: "{}", state },
    createdAt: new Date(Date.now() - days * 86_400_000),
  });
  const kept = [row(29, "delivered"), row(31, "queued")];
  await db()
    .insert(webhookDeliveries)
    .values([...kept, row(31, "delivered")]);
  await sweepDeliveries();
  expect((await rowsOf(webhookId)).map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
});

test("a webhook is called for one event at a time, and a slow one holds up no other", async () => {
  const { account } = await makePerson();
  let open = 0;
  let most = 0;
  const slow = await receiver({
    answer: (_received, response) => {
      open += 1;
      most = Math.max(most, open);
      response.once("close", () => {
        open -= 1;
      });
    },
  });
  const quick = await receiver();
  const slowHook = await makeWebhook({ ownerId: account.id, url: slow.url });
  const quickHook = await makeWebhook({ ownerId: account.id, url: quick.url });
  for (let index = 0; index < 5; index += 1) await tellWebhooks({ userId: account.id });
  await deliveries();
  await ended(quickHook.id);
  expect((await rowsOf(slowHook.id)).filter((row) => row.attempts === 0).length).toBeGreaterThan(0);
  await attempted(slowHook.id, 1);
  expect(most).toBe(1);
});
