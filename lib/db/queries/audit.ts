import type { DbOrTx } from "#lib/db/client.ts";
import { auditLog } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { currentRequestId } from "#lib/log.ts";

/** Something that was done, for the append-only audit log. */
export type AuditEntry = {
  /** Null for what the system did by itself. */
  actorId: string | null;
  /** Stable name, like `video.edit`. */
  action: string;
  targetType: string;
  targetId: string;
  /** Where the request came from, where that is known. */
  address?: string;
  details: Record<string, unknown>;
};

/** Appends to the audit log, in the transaction of what it tells about, with the request's or job's id. */
export const recordAudit = async (tx: DbOrTx, entry: AuditEntry): Promise<void> => {
  await tx.insert(auditLog).values({ id: newId(), requestId: currentRequestId(), ...entry });
};
