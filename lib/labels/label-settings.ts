import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findPlaceFromFile, putPlaceFromFile } from "#lib/db/queries/labels/labels.ts";
import { AppError } from "#lib/errors.ts";
import type { LabelSettingsDto } from "./dto.ts";

/** What the caller allows for own videos. Throws `unauthenticated`. */
export const getLabelSettings = async (viewer: Viewer): Promise<LabelSettingsDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return { placeFromFile: await findPlaceFromFile(db(), { userId: viewer.id }) };
};

/**
 * Keeps what the caller allows. Holds for videos that are processed from now on; switched off, open suggestions of places are
 * forgotten at once. Throws `unauthenticated`.
 */
export const putLabelSettings = ({
  viewer,
  settings,
}: {
  viewer: Viewer;
  settings: LabelSettingsDto;
}): Promise<LabelSettingsDto> =>
  transaction(async (tx) => {
    if (viewer === null) throw new AppError("unauthenticated");
    const before = { placeFromFile: await findPlaceFromFile(tx, { userId: viewer.id }) };
    await putPlaceFromFile(tx, { userId: viewer.id, ...settings });
    await recordAudit(tx, {
      ...{ actorId: viewer.id, action: "account.label-settings", targetType: "user", targetId: viewer.id },
      ...{ before, after: settings },
    });
    return settings;
  });
