import { z } from "zod";
import { settingsSchema } from "#lib/settings/definitions.ts";

/** The instance's settings as admins see them. */
export const settingsDtoSchema = z
  .object({
    /** What holds now. */
    values: settingsSchema,
    /** What the environment says, and what a reset setting goes back to. */
    defaults: settingsSchema,
    /** Names of those that an admin has changed. */
    changed: z.array(settingsSchema.keyof()),
  })
  .meta({ id: "Settings" });

/** See `settingsDtoSchema`. */
export type SettingsDto = z.output<typeof settingsDtoSchema>;

/** A change of settings: new values, and names of those that follow the environment again. */
export const settingsPatchSchema = z.strictObject({
  ...settingsSchema.partial().shape,
  reset: z.array(settingsSchema.keyof()).max(20).optional(),
});

/** See `settingsPatchSchema`. */
export type SettingsPatch = z.output<typeof settingsPatchSchema>;
