import type { Tx } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";

/** Something that was done to a channel, for the audit log. */
export type ChannelDeed = {
  actorId: string;
  channelId: string;
  /** Stable name, like `channel.edit`. */
  action: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  details?: Record<string, unknown>;
};

/** Records what was done to a channel, in the transaction of the doing. */
export const auditChannel = (tx: Tx, { channelId, ...deed }: ChannelDeed): Promise<void> =>
  recordAudit(tx, { ...deed, targetType: "channel", targetId: channelId });
