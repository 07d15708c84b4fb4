import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, db, type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findPayerByUser, type Payer, setLimits } from "#lib/db/queries/usage/quota.ts";
import { AppError } from "#lib/errors.ts";
import type { InstanceSettings } from "#lib/settings/definitions.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import type { LimitsDto, LimitsPatch } from "#lib/usage/dto.ts";
import { limitsOfPayer } from "#lib/usage/limits-of-payer.ts";

type Asked = { viewer: Viewer; userId: string };

const requireAdmin = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (viewer.role !== "admin") throw new AppError("forbidden");
  return viewer.id;
};

const requirePayer = async (tx: DbOrTx, input: { userId: string; lock?: boolean }): Promise<Payer> => {
  const payer = await findPayerByUser(tx, input);
  if (payer === null) throw new AppError("not_found");
  return payer;
};

const ownLimits = ({ storageQuotaBytes, dailyUploadBytes, monthlyDeliveryBytes }: Payer): LimitsDto["own"] => ({
  ...{ storageQuotaBytes, dailyUploadBytes, monthlyDeliveryBytes },
});

const toDto = (payer: Payer, usual: InstanceSettings): LimitsDto => ({
  own: ownLimits(payer),
  effective: limitsOfPayer({ payer, usual }),
});

/** An account's limits. For admins; throws `unauthenticated`, `forbidden` and `not_found`. */
export const getLimits = async ({ viewer, userId }: Asked): Promise<LimitsDto> => {
  requireAdmin(viewer);
  return toDto(await requirePayer(db(), { userId }), await instanceSettings());
};

const edit = async (tx: Tx, input: { actorId: string; userId: string; patch: LimitsPatch }): Promise<Payer> => {
  const { actorId, userId, patch } = input;
  const before = ownLimits(await requirePayer(tx, { userId, lock: true }));
  await setLimits(tx, { userId, limits: patch });
  const payer = await requirePayer(tx, { userId });
  const after = ownLimits(payer);
  await recordAudit(tx, {
    ...{ actorId, action: "account.limits", targetType: "user", targetId: userId, before, after },
  });
  return payer;
};

/**
 * Sets an account's own limits; null goes back to the instance's. What it stores beyond a lower quota stays: it only takes
 * no new upload. Throws like `getLimits`.
 */
export const editLimits = async ({ viewer, userId, patch }: Asked & { patch: LimitsPatch }): Promise<LimitsDto> => {
  const actorId = requireAdmin(viewer);
  const usual = await instanceSettings();
  return toDto(await transaction((tx) => edit(tx, { actorId, userId, patch })), usual);
};
