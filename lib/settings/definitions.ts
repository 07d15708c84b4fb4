import { z } from "zod";
import { env } from "#lib/env.ts";
import type { Limit, LimitName } from "#lib/rate-limits.ts";

const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();

const limit = z.strictObject({
  /** How often a window allows it. */
  hits: z.number().int().min(1).max(9_999_999),
  windowSeconds: z.number().int().min(1).max(999_999),
});

/**
 * Every value of the instance that an admin may change while it runs. What nobody has changed follows the environment.
 * Null stands for "no limit".
 */
export const settingsSchema = z.strictObject({
  /** Who may open an account; `approval`: anybody, and an admin lets them in. */
  signUpMode: z.enum(["open", "closed", "approval"]),
  /** What a new account may do. */
  signUpRole: z.enum(["viewer", "creator"]),
  /** Whether uploading waits for a confirmed address. */
  requireVerifiedEmail: z.boolean(),
  /** For how many days an account whose owner deletes it from now on can be taken back. */
  accountGraceDays: z.number().int().min(1).max(365),
  /** What an account may store, in bytes. */
  storageQuotaBytes: bytes,
  /** What an account may begin to upload in a day (UTC), in bytes. */
  dailyUploadBytes: bytes,
  /** What may be delivered of an account's videos in a month (UTC), in bytes. */
  monthlyDeliveryBytes: bytes,
  // Rate limits, see `defaultLimits`.
  loginPairLimit: limit,
  loginAddressLimit: limit,
  signupLimit: limit,
  signupTryLimit: limit,
  mailLimit: limit,
  commentLimit: limit,
  webhookTestLimit: limit,
  writeLimit: limit,
  anonymousReadLimit: limit,
  accountReadLimit: limit,
});

/** See `settingsSchema`. */
export type InstanceSettings = z.output<typeof settingsSchema>;

/** A setting's name. */
export type SettingName = keyof InstanceSettings;

/** Every setting's name. */
export const settingNames = settingsSchema.keyof().options;

/** The setting that holds a rate limit. */
export const limitSetting = <Name extends LimitName>(name: Name): `${Name}Limit` => `${name}Limit`;

const limitsOf = (limits: Readonly<Record<LimitName, Limit>>) => ({
  loginPairLimit: limits.loginPair,
  loginAddressLimit: limits.loginAddress,
  signupLimit: limits.signup,
  signupTryLimit: limits.signupTry,
  mailLimit: limits.mail,
  commentLimit: limits.comment,
  webhookTestLimit: limits.webhookTest,
  writeLimit: limits.write,
  anonymousReadLimit: limits.anonymousRead,
  accountReadLimit: limits.accountRead,
});

/** What holds where nobody changed anything: the environment's values. */
export const defaultSettings = (): InstanceSettings => {
  const { signup, signupRole, requireVerifiedEmail, accountGraceDays } = env();
  const { storageQuotaBytes, dailyUploadBytes, monthlyDeliveryBytes } = env();
  return {
    signUpMode: signup,
    signUpRole: signupRole,
    ...{ requireVerifiedEmail, accountGraceDays, storageQuotaBytes, dailyUploadBytes, monthlyDeliveryBytes },
    ...limitsOf(env().limits),
  };
};

const prefix = "instance.";

/** The key under which a setting is stored. */
export const settingKey = (name: SettingName): string => `${prefix}${name}`;
