import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { auditLog, webhooks } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { type Receiver, startReceiver } from "#tests/factories/webhook-receiver.ts";
import { documentedVerifier, startDeliveries, tellWebhooks } from "#tests/factories/webhooks.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { POST as replay } from "../../../app/api/v1/me/webhooks/[webhookId]/deliveries/[deliveryId]/replay/route.ts";
import { GET as getDelivery } from "../../../app/api/v1/me/webhooks/[webhookId]/deliveries/[deliveryId]/route.ts";
import { GET as listDeliveries } from "../../../app/api/v1/me/webhooks/[webhookId]/deliveries/route.ts";
import { DELETE, GET, PATCH } from "../../../app/api/v1/me/webhooks/[webhookId]/route.ts";
import { POST as renew } from "../../../app/api/v1/me/webhooks/[webhookId]/secret/route.ts";
import { POST as testIt } from "../../../app/api/v1/me/webhooks/[webhookId]/test/route.ts";
import { POST as create, GET as list } from "../../../app/api/v1/me/webhooks/route.ts";

testDatabase();

let person: Person;
let receiver: Receiver;
let runner: Awaited<ReturnType<typeof startDeliveries>>;
beforeAll(async () => {
  person = await makePerson();
  receiver = await startReceiver({ answer: (_received, response) => response.writeHead(200).end("thank you") });
  runner = await startDeliveries();
});
afterAll(async () => {
  await runner.runner.stop();
  await receiver.stop();
});

type Handler = (request: Request, context: ReturnType<typeof withParams>) => Promise<Response>;
const call = async (
  handler: Handler,
  input: { method?: string; body?: unknown; params?: Record<string, string>; path?: string; language?: string } = {},
) => {
  const { params, language, ...request } = input;
  const headers = { "accept-language": language ?? "en" };
  const response = await handler(makeRequest({ as: person, headers, ...request }), withParams(params));
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
};
const make = (url: string, more: object = {}) =>
  call(create, { method: "POST", body: { url, events: ["video.ready"], ...more } });
/** A webhook to the receiver, which only an operator's word lets in. */
const makeOwn = async () => {
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: "allow" });
  const { status, body } = await make(receiver.url);
  expect(status).toBe(201);
  return body;
};
const outcomeOf = (params: { webhookId: string; deliveryId: string }) =>
  waitFor({
    what: "the delivery's end",
    until: async () => {
      const { body } = await call(getDelivery, { params });
      return body.state === "queued" ? null : body;
    },
  });

test("a secret is shown when it is made, never again, and is not stored in the clear", async () => {
  const made = await makeOwn();
  expect(made.secret).toMatch(/^kws_[\w-]{43}$/);
  const { body } = await call(GET, { params: { webhookId: made.id } });
  expect(body).not.toHaveProperty("secret");
  expect(JSON.stringify((await call(list)).body)).not.toContain(made.secret);
  const rows = JSON.stringify([await db().select().from(webhooks), await db().select().from(auditLog)]);
  expect(rows).not.toContain(made.secret);
});

test("a test arrives signed, its answer is told, and a new secret voids the old one", async () => {
  const made = await makeOwn();
  const { body: renewed } = await call(renew, { method: "POST", params: { webhookId: made.id } });
  expect(renewed.secret).not.toBe(made.secret);
  await call(PATCH, { method: "PATCH", params: { webhookId: made.id }, body: { state: "disabled" } });
  const { status, body } = await call(testIt, { method: "POST", params: { webhookId: made.id } });
  expect([status, body.type]).toEqual([202, "ping"]);
  const outcome = await outcomeOf({ webhookId: made.id, deliveryId: body.id });
  expect(outcome).toMatchObject({ state: "delivered", attempts: 1, status: 200, answer: "thank you", error: null });
  const got = receiver.received.find(({ headers }) => headers["kinora-delivery"] === body.id);
  const isFromKinora = await documentedVerifier();
  const check = { body: got?.body ?? "", header: got?.headers["kinora-signature"] };
  expect(isFromKinora({ ...check, secret: renewed.secret })).toBe(true);
  expect(isFromKinora({ ...check, secret: made.secret })).toBe(false);
});

test("a replay sends the same bytes under the same id; one on its way or of a webhook that is off is a conflict", async () => {
  const made = await makeOwn();
  const eventId = await tellWebhooks({ userId: person.account.id });
  const params = { webhookId: made.id };
  const { body: page } = await call(listDeliveries, { params });
  const ids = { ...params, deliveryId: String(page.items[0].id) };
  await outcomeOf(ids);
  expect((await call(replay, { method: "POST", params: ids })).status).toBe(202);
  await outcomeOf(ids);
  const got = receiver.received.filter(({ headers }) => headers["kinora-delivery"] === ids.deliveryId);
  expect(got).toHaveLength(2);
  expect(got[0]?.body).toBe(got[1]?.body);
  expect(JSON.parse(got[1]?.body ?? "{}").id).toBe(eventId);
  await call(PATCH, { method: "PATCH", params, body: { state: "disabled" } });
  expect((await call(replay, { method: "POST", params: ids })).body.error.code).toBe("conflict");
  expect((await call(DELETE, { method: "DELETE", params })).status).toBe(204);
  expect((await call(GET, { params })).status).toBe(404);
});

test("the log is paged, newest first, and a cursor of another list is refused", async () => {
  const { id: webhookId } = await makeOwn();
  for (let index = 0; index < 3; index += 1) await tellWebhooks({ userId: person.account.id });
  const first = await call(listDeliveries, { params: { webhookId }, path: "/?limit=2" });
  expect(first.body.items).toHaveLength(2);
  const path = `/?limit=2&cursor=${first.body.nextCursor}`;
  const second = await call(listDeliveries, { params: { webhookId }, path });
  expect(second.body.items).toHaveLength(1);
  expect(second.body.nextCursor).toBeNull();
  const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  const refused = await call(listDeliveries, { params: { webhookId }, path: "/?cursor=bm90aGluZw" });
  expect([refused.status, Object.keys(refused.body.error.fields)]).toEqual([400, ["cursor"]]);
});

test.each([
  ["http://127.0.0.1:8080/", "private"],
  ["http://2130706433/", "private"],
  ["http://[::ffff:10.0.0.1]/", "private"],
  ["http://user:password@example.org/", "user name"],
  ["ftp://example.org/", "http"],
  ["http://example.org:25/", "port"],
  ["not an address", "not an address"],
])("refuses %s with a text beside the field, and makes nothing", async (url, word) => {
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: undefined });
  const before = await db().$count(webhooks);
  const { status, body } = await make(url);
  expect([status, body.error.code]).toEqual([400, "invalid_input"]);
  expect(body.error.fields.url.toLowerCase()).toContain(word);
  const inUkrainian = await call(create, { method: "POST", language: "uk", body: { url, events: ["video.ready"] } });
  expect(inUkrainian.body.error.fields.url).toMatch(/[а-яї]/);
  expect(await db().$count(webhooks)).toBe(before);
});

test("refuses events that there are none of, and those that webhooks cannot have", async () => {
  for (const events of [[], ["video.eaten"], ["channel.invitation"], ["ping"]]) {
    expect((await make("https://example.org/", { events })).status).toBe(400);
  }
});

test("an account has at most twenty, however many ask at once", async () => {
  person = await makePerson();
  const answers = await Promise.all(Array.from({ length: 25 }, () => make("https://example.org/hook")));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
  const mine = await db().select().from(webhooks).where(eq(webhooks.ownerId, person.account.id));
  expect(mine).toHaveLength(20);
});
