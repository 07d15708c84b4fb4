import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { outbox, webhookDeliveries } from "#lib/db/schema/index.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";
import { makePerson } from "#tests/factories/people.ts";
import { type Answer, accept, startReceiver } from "#tests/factories/webhook-receiver.ts";
import { documentedVerifier, makeWebhook } from "#tests/factories/webhooks.ts";
import { quickTimes, startTestWorker, type TestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase({ WEBHOOK_PRIVATE_TARGETS: "allow" });

const events = 8;
/** Requests at which the worker is killed: by turns before the receiver has answered and as soon as it has. */
const killedAt = new Set([1, 2, 4, 5, 7]);

const startDeliverer = () => startTestWorker(quickTimes, "webhook-worker.ts", { WEBHOOK_PRIVATE_TARGETS: "allow" });

it("a worker killed in the middle of deliveries: every event arrives at least once, with one id and one body", async () => {
  const { account } = await makePerson();
  const kills: number[] = [];
  let worker: TestWorker | null = null;
  let requests = 0;
  const replace = () => {
    const dying = worker;
    if (dying === null) return;
    kills.push(dying.pid);
    dying.kill("SIGKILL");
    worker = startDeliverer();
  };
  const answer: Answer = (received, response) => {
    requests += 1;
    const request = requests;
    if (!killedAt.has(request)) accept(received, response);
    else if (request % 2 === 1) replace();
    else {
      // What it then writes down of the answer is a race that either side may win.
      response.once("finish", replace);
      accept(received, response);
    }
  };
  const receiver = await startReceiver({ answer });
  try {
    const { id: webhookId, secret } = await makeWebhook({ ownerId: account.id, url: receiver.url });
    for (let index = 0; index < events; index += 1) {
      await transaction((tx) =>
        recordEvent(tx, { type: "video.ready", userId: account.id, data: { title: `Film ${index}` } }),
      );
    }
    worker = startDeliverer();
    const rows = () => db().select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId));
    await waitFor({
      what: "the end of all deliveries",
      timeoutMs: 120_000,
      until: async () => {
        const found = await rows();
        return found.length === events && found.every(({ state }) => state === "delivered");
      },
    });
    expect(kills).toHaveLength(killedAt.size);
    const happened = await db().select({ id: outbox.id }).from(outbox).where(eq(outbox.userId, account.id));
    const bodies = new Map<string, Set<string>>();
    const deliveries = new Map<string, Set<string>>();
    const isFromKinora = await documentedVerifier();
    for (const { body, headers } of receiver.received) {
      const { id } = JSON.parse(body) as { id: string };
      bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
      deliveries.set(id, (deliveries.get(id) ?? new Set()).add(String(headers["kinora-delivery"])));
      expect(isFromKinora({ body, header: headers["kinora-signature"], secret })).toBe(true);
    }
    expect(new Set(bodies.keys())).toEqual(new Set(happened.map(({ id }) => id)));
    expect([...bodies.values(), ...deliveries.values()].map(({ size }) => size)).toEqual(Array(2 * events).fill(1));
    // The unanswered ones came again.
    expect(receiver.received.length).toBeGreaterThan(events);
  } finally {
    await receiver.stop();
  }
});
