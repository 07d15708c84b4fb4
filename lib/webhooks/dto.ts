import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { type EventType, eventKinds } from "#lib/notifications/event-types.ts";
import { videoSchema } from "#lib/videos/dto.ts";

const isSubscribable = (type: string): type is EventType =>
  Object.hasOwn(eventKinds, type) && eventKinds[type as EventType].webhook;

/** The kinds of events that webhooks can have, in the order of the table. */
export const webhookEventTypes: readonly EventType[] = Object.keys(eventKinds).filter(isSubscribable);

/** One kind of event that webhooks can have. */
export const webhookEventSchema = z.enum(webhookEventTypes as [EventType, ...EventType[]]).meta({ id: "WebhookEvent" });

/**
 * A video in an event: what its owner may see of it, without addresses that open it to whoever holds them and without
 * what changes every second.
 */
export const webhookVideoSchema = videoSchema.pick({
  id: true,
  title: true,
  description: true,
  tags: true,
  visibility: true,
  status: true,
  playable: true,
  failure: true,
  durationMs: true,
  width: true,
  height: true,
  frameRate: true,
  sourceSizeBytes: true,
  assets: true,
  channel: true,
  createdAt: true,
  publishedAt: true,
});

/** Why the last attempt did not count as delivered. */
export const deliveryErrorSchema = z.object({ code: z.string(), message: z.string() }).meta({ id: "DeliveryError" });

/** A webhook, as its owner sees it. The secret is shown once, when it is made. */
export const webhookSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    channelId: idSchema.nullable().describe("Null: all that concerns the account; else that channel's events."),
    events: z.array(z.string()),
    state: z.enum(["active", "disabled"]),
    disabledReason: deliveryErrorSchema.nullable().describe("Set when the system switched it off."),
    failingSince: z.iso
      .datetime()
      .nullable()
      .describe("The first failure since the last success; null while it works."),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Webhook" });
/** See `webhookSchema`. */
export type WebhookDto = z.output<typeof webhookSchema>;

/** A webhook with its secret: the answer to making it and to making a new secret, and never again. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() }).meta({ id: "WebhookWithSecret" });
/** See `webhookWithSecretSchema`. */
export type WebhookWithSecretDto = z.output<typeof webhookWithSecretSchema>;

/** All of an account's webhooks (at most 20), and what a new one can be made of. */
export const webhookListSchema = z
  .object({
    items: z.array(webhookSchema),
    eventTypes: z.array(z.string()),
    channels: z.array(z.object({ id: idSchema, handle: z.string(), name: z.string() })),
  })
  .meta({ id: "WebhookList" });
/** See `webhookListSchema`. */
export type WebhookListDto = z.output<typeof webhookListSchema>;

const url = z.string().trim().min(1).max(2_000);
const events = z
  .array(webhookEventSchema)
  .min(1)
  .max(webhookEventTypes.length)
  .transform((list) => [...new Set(list)]);

/** A new webhook. */
export const newWebhookSchema = z
  .strictObject({ url, events, channelId: idSchema.nullable().default(null) })
  .meta({ id: "NewWebhook" });
/** See `newWebhookSchema`. */
export type NewWebhook = z.output<typeof newWebhookSchema>;

/** What may be changed of a webhook. `state: "active"` switches one on again. */
export const webhookPatchSchema = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    state: z.enum(["active", "disabled"]).optional(),
  })
  .meta({ id: "WebhookPatch" });
/** See `webhookPatchSchema`. */
export type WebhookPatch = z.output<typeof webhookPatchSchema>;

/** One event on its way to a webhook. */
export const deliverySchema = z
  .object({
    id: idSchema,
    eventId: idSchema,
    type: z.string(),
    state: z.enum(["queued", "delivered", "failed"]),
    attempts: z.number().int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    status: z
      .number()
      .int()
      .nullable()
      .describe("Of the last attempt: what the receiver answered, the first kilobyte of it, and how long it took."),
    answer: z.string().nullable(),
    durationMs: z.number().int().nullable(),
    error: deliveryErrorSchema.nullable(),
    body: z.string().describe("The body as it was signed and sent."),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Delivery" });
/** See `deliverySchema`. */
export type DeliveryDto = z.output<typeof deliverySchema>;

/** A page of deliveries, newest first. */
export const deliveryPageSchema = z
  .object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() })
  .meta({ id: "DeliveryPage" });
/** See `deliveryPageSchema`. */
export type DeliveryPageDto = z.output<typeof deliveryPageSchema>;
