import { isDeepStrictEqual } from "node:util";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteSetting, putSetting } from "#lib/db/queries/instance/settings.ts";
import { AppError } from "#lib/errors.ts";
import { defaultSettings, type InstanceSettings, settingKey, settingNames } from "#lib/settings/definitions.ts";
import type { SettingsDto, SettingsPatch } from "#lib/settings/dto.ts";
import { forgetInstanceSettings, readOverrides } from "#lib/settings/instance-settings.ts";

const requireAdmin = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (viewer.role !== "admin") throw new AppError("forbidden");
  return viewer.id;
};

const told = async (tx: DbOrTx): Promise<SettingsDto> => {
  const overrides = await readOverrides(tx);
  const defaults = defaultSettings();
  return { values: { ...defaults, ...overrides }, defaults, changed: settingNames.filter((name) => name in overrides) };
};

const pick = (values: InstanceSettings, names: readonly (keyof InstanceSettings)[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, values[name]]));

/** The instance's settings. For admins; throws `unauthenticated` and `forbidden`. */
export const getSettings = async (viewer: Viewer): Promise<SettingsDto> => {
  requireAdmin(viewer);
  return told(db());
};

/**
 * Changes settings: they hold in this process at once and in every other within three seconds. Throws `unauthenticated`,
 * `forbidden`, and `invalid_input` for a setting that is both set and reset.
 */
export const editSettings = async ({
  viewer,
  patch,
}: {
  viewer: Viewer;
  patch: SettingsPatch;
}): Promise<SettingsDto> => {
  const actorId = requireAdmin(viewer);
  const { reset = [], ...values } = patch;
  const both = reset.find((name) => values[name] !== undefined);
  if (both !== undefined) {
    throw new AppError("invalid_input", { fields: { reset: `${both} is given a value and reset at once.` } });
  }
  const after = await transaction(async (tx) => {
    const before = (await told(tx)).values;
    for (const name of reset) await deleteSetting(tx, settingKey(name));
    for (const name of settingNames) {
      if (values[name] !== undefined) await putSetting(tx, { key: settingKey(name), value: values[name] });
    }
    const now = await told(tx);
    const names = settingNames.filter((name) => !isDeepStrictEqual(before[name], now.values[name]));
    await recordAudit(tx, {
      ...{ actorId, action: "settings.edit", targetType: "settings", targetId: "instance" },
      ...{ before: pick(before, names), after: pick(now.values, names), details: { reset } },
    });
    return now;
  });
  forgetInstanceSettings();
  return after;
};
