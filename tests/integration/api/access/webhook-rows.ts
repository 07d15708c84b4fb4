import { db } from "#lib/db/client.ts";
import { webhookDeliveries, webhooks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { makeWebhookSecret } from "#lib/webhooks/secret.ts";
import { type Call, options, person, type Row, refused, type Statuses, same, withBody } from "./scene.ts";

const collection = "app/api/v1/me/webhooks/route.ts";
const single = "app/api/v1/me/webhooks/[webhookId]/route.ts";
const secret = "app/api/v1/me/webhooks/[webhookId]/secret/route.ts";
const test = "app/api/v1/me/webhooks/[webhookId]/test/route.ts";
const log = "app/api/v1/me/webhooks/[webhookId]/deliveries/route.ts";
const delivery = "app/api/v1/me/webhooks/[webhookId]/deliveries/[deliveryId]/route.ts";
const replay = "app/api/v1/me/webhooks/[webhookId]/deliveries/[deliveryId]/replay/route.ts";

const webhookOfOwner = async (): Promise<Partial<Call>> => {
  const id = newId();
  await db()
    .insert(webhooks)
    .values({
      ...{ id, ownerId: person("owner").account.id, url: "https://receiver.example/hook", events: ["video.ready"] },
      sealedSecret: makeWebhookSecret(id).sealedSecret,
    });
  return { params: { webhookId: id } };
};

const deliveryOfOwner = async (): Promise<Partial<Call>> => {
  const { params = {} } = await webhookOfOwner();
  const deliveryId = newId();
  await db()
    .insert(webhookDeliveries)
    .values({
      ...{ id: deliveryId, webhookId: String(params.webhookId), eventId: newId(), type: "video.ready", body: "{}" },
      state: "failed",
    });
  return { params: { ...params, deliveryId } };
};

const everyone = (status: number): Statuses => same(status, { anonymous: 401, suspended: 401 });
/** Neither admins nor editors of the channel see them: bodies hold what their owner may see. */
const own = (status: number): Statuses => same(404, { anonymous: 401, owner: status, editor: 404, suspended: 401 });
const made = { url: "https://receiver.example/hook", events: ["video.ready"] };

/** Webhooks and their logs, which belong to one account. */
export const webhookRows: Row[] = [
  { case: "list", file: collection, method: "GET", expected: everyone(200) },
  { case: "own", file: collection, method: "POST", prepare: async () => ({ body: made }), expected: everyone(201) },
  {
    case: "of the owner's channel",
    file: collection,
    method: "POST",
    prepare: async () => ({ body: { ...made, channelId: person("owner").channelId } }),
    expected: own(201),
  },
  ...refused(collection, "PUT", "PATCH", "DELETE"),
  options(collection),
  { case: "the owner's", file: single, method: "GET", prepare: webhookOfOwner, expected: own(200) },
  {
    case: "the owner's",
    file: single,
    method: "PATCH",
    prepare: withBody(webhookOfOwner, { state: "disabled" }),
    expected: own(200),
  },
  { case: "the owner's", file: single, method: "DELETE", prepare: webhookOfOwner, expected: own(204) },
  ...refused(single, "POST", "PUT"),
  options(single),
  { case: "the owner's", file: secret, method: "POST", prepare: webhookOfOwner, expected: own(200) },
  ...refused(secret, "GET", "PUT", "PATCH", "DELETE"),
  options(secret),
  { case: "the owner's", file: test, method: "POST", prepare: webhookOfOwner, expected: own(202) },
  ...refused(test, "GET", "PUT", "PATCH", "DELETE"),
  options(test),
  { case: "the owner's", file: log, method: "GET", prepare: webhookOfOwner, expected: own(200) },
  ...refused(log, "POST", "PUT", "PATCH", "DELETE"),
  options(log),
  { case: "the owner's", file: delivery, method: "GET", prepare: deliveryOfOwner, expected: own(200) },
  ...refused(delivery, "POST", "PUT", "PATCH", "DELETE"),
  options(delivery),
  { case: "the owner's", file: replay, method: "POST", prepare: deliveryOfOwner, expected: own(202) },
  ...refused(replay, "GET", "PUT", "PATCH", "DELETE"),
  options(replay),
];
