import { type DbOrTx, db } from "#lib/db/client.ts";
import { findSettings } from "#lib/db/queries/instance/settings.ts";
import { log } from "#lib/log.ts";
import {
  defaultSettings,
  type InstanceSettings,
  settingKey,
  settingNames,
  settingsSchema,
} from "#lib/settings/definitions.ts";

/** How long a process goes on with what it read: a change holds everywhere at the latest then, without a restart. */
const ttlMs = 3_000;

type Remembered = { until: number; answer: Promise<InstanceSettings> };
// Next bundles pages and routes apart; what one of them changes, the others shall see at once.
const globals = globalThis as typeof globalThis & { kinoraSettings?: Remembered | undefined };

/** What admins have changed, by name; a stored value that this version does not understand is told and left out. */
export const readOverrides = async (tx: DbOrTx): Promise<Partial<InstanceSettings>> => {
  const stored = await findSettings(tx, settingNames.map(settingKey));
  const overrides: Record<string, unknown> = {};
  for (const name of settingNames) {
    if (!stored.has(settingKey(name))) continue;
    const parsed = settingsSchema.shape[name].safeParse(stored.get(settingKey(name)));
    if (parsed.success) overrides[name] = parsed.data;
    else log().error({ "event.action": "settings.not_understood", name }, "a stored setting is not understood");
  }
  return settingsSchema.partial().parse(overrides);
};

const read = async (): Promise<InstanceSettings> => ({ ...defaultSettings(), ...(await readOverrides(db())) });

/** The instance's settings as of at most three seconds ago. Throws what the database throws when none were read lately. */
export const instanceSettings = (): Promise<InstanceSettings> => {
  const now = performance.now();
  const known = globals.kinoraSettings;
  if (known !== undefined && known.until > now) return known.answer;
  const remembered: Remembered = { until: now + ttlMs, answer: read() };
  globals.kinoraSettings = remembered;
  // A fault is never remembered.
  remembered.answer.catch(() => {
    if (globals.kinoraSettings === remembered) globals.kinoraSettings = undefined;
  });
  return remembered.answer;
};

/** Has this process read the settings anew at the next question. */
export const forgetInstanceSettings = (): void => {
  globals.kinoraSettings = undefined;
};
