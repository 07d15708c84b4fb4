import type { DbOrTx } from "#lib/db/client.ts";
import type { OutboxEvent } from "#lib/db/queries/notifications/outbox.ts";
import type { WebhookOwner } from "#lib/db/queries/notifications/webhooks.ts";
import { findVideo } from "#lib/db/queries/videos/videos.ts";
import { mayEdit, maySee } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";
import { webhookVideoSchema } from "#lib/webhooks/dto.ts";

/** The JSON text that a receiver gets of an event. */
export const eventBody = (event: {
  id: string;
  type: string;
  createdAt: Date;
  data: Record<string, unknown>;
}): string =>
  JSON.stringify({ id: event.id, type: event.type, createdAt: event.createdAt.toISOString(), data: event.data });

/** The video as the webhook's owner may see it, without anything that opens it to whoever reads the answer. */
const videoFor = async (tx: DbOrTx, { videoId, owner }: { videoId: string; owner: WebhookOwner }) => {
  const video = await findVideo(tx, { videoId });
  if (video === null || !(maySee(owner, video) || mayEdit(owner, video))) return null;
  return webhookVideoSchema.parse(await toVideoDto(tx, video, { viewer: owner }));
};

/**
 * What the receiver of `owner` gets of an event, made once and kept: every attempt and replay sends the same bytes, so
 * that one signature scheme and one id hold for all of them.
 */
export const deliveryBody = async (
  tx: DbOrTx,
  { event, owner }: { event: OutboxEvent; owner: WebhookOwner },
): Promise<string> => {
  const { videoId, channelId, userId } = event;
  const video = videoId === null ? null : await videoFor(tx, { videoId, owner });
  return eventBody({ ...event, data: { ...event.data, userId, channelId, videoId, video } });
};
