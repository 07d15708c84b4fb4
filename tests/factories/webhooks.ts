import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { db, transaction } from "#lib/db/client.ts";
import { webhooks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook.ts";
import { queueWebhookDeliveries } from "#lib/webhooks/queue-deliveries.ts";
import { makeWebhookSecret } from "#lib/webhooks/secret.ts";
import { type LaneRunner, startRunner } from "#worker/supervision/runner.ts";
import { task } from "#worker/tasks/task.ts";

/** Inserts an active webhook for `video.ready`; gives its id and secret. */
export const makeWebhook = async (
  values: Partial<typeof webhooks.$inferInsert> & { ownerId: string; url: string },
): Promise<{ id: string; secret: string }> => {
  const id = newId();
  const { secret, sealedSecret } = makeWebhookSecret(id);
  await db()
    .insert(webhooks)
    .values({ id, sealedSecret, events: ["video.ready"], ...values });
  return { id, secret };
};

/** Tells the webhooks of an event; gives its id. */
export const tellWebhooks = async (event: {
  userId: string;
  type?: string;
  channelId?: string | null;
  videoId?: string | null;
}): Promise<string> => {
  const id = newId();
  const whole = {
    ...{ id, type: "video.ready", channelId: null, videoId: null, data: {}, dedupeKey: null, dispatchedAt: null },
    ...{ createdAt: new Date(), ...event },
  };
  await transaction((tx) => queueWebhookDeliveries(tx, whole));
  return id;
};

/** The queue's own runner over the delivery jobs, with a shorter patience than production's ten seconds. */
export const startDeliveries = async ({ timeoutMs = 400 } = {}): Promise<LaneRunner> => {
  const { signal } = new AbortController();
  const deliver = task("webhooks/deliver", ({ deliveryId }) => deliverWebhook({ deliveryId, signal, timeoutMs }));
  return startRunner({
    lane: "outside",
    concurrency: 8,
    pollMs: 50,
    tasks: { [deliver.name]: async (payload) => deliver.run(payload, { signal }) },
  });
};

/** Lets the pauses between attempts pass at once. */
export const passPauses = async (): Promise<void> => {
  await db().execute(sql`update webhook_deliveries set next_attempt_at = now() where state = 'queued'`);
  await db().execute(
    sql`update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null`,
  );
};

type Verify = (input: { body: string; header: unknown; secret: string; now?: number }) => boolean;

/** The sample verifier of docs/webhooks.md, taken out of the document and run. */
export const documentedVerifier = async (): Promise<Verify> => {
  const text = await readFile(new URL("../../docs/webhooks.md", import.meta.url), "utf8");
  const code = /```js\n([\s\S]*?)```/.exec(text)?.[1];
  if (code === undefined) throw new Error("docs/webhooks.md holds no sample verifier");
  const module: { isFromKinora: Verify } = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
  );
  return module.isFromKinora;
};
