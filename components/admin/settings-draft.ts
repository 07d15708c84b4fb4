import { bytesOfGigabytes, gigabytesText } from "#components/admin/gigabytes.ts";
import type { SettingsDto } from "#lib/settings/dto.ts";

type Values = SettingsDto["values"];

/** Settings that are sizes, in the order of the form. */
export const sizeSettings = ["storageQuotaBytes", "dailyUploadBytes", "monthlyDeliveryBytes"] as const;

/** Settings that are rate limits, in the order of the form. */
export const limitSettings = [
  "loginPairLimit",
  "loginAddressLimit",
  "signupLimit",
  "signupTryLimit",
  "mailLimit",
  "commentLimit",
  "webhookTestLimit",
  "writeLimit",
  "anonymousReadLimit",
  "accountReadLimit",
] as const;

type SizeSetting = (typeof sizeSettings)[number];
type LimitSetting = (typeof limitSettings)[number];

/** Most days for which a deleted account can be kept. */
const mostGraceDays = 365;

/** What is typed and chosen in the form. */
export type SettingsDraft = Pick<Values, "signUpMode" | "signUpRole" | "requireVerifiedEmail"> & {
  accountGraceDays: string;
} & Record<SizeSetting, string> &
  Record<LimitSetting, { hits: string; windowSeconds: string }>;

/** The form as the settings stand. */
export const draftOf = (values: Values): SettingsDraft => {
  const { signUpMode, signUpRole, requireVerifiedEmail } = values;
  const sizes = sizeSettings.map((name) => [name, gigabytesText(values[name])]);
  const limits = limitSettings.map((name) => {
    const { hits, windowSeconds } = values[name];
    return [name, { hits: String(hits), windowSeconds: String(windowSeconds) }];
  });
  return {
    ...{ signUpMode, signUpRole, requireVerifiedEmail, accountGraceDays: String(values.accountGraceDays) },
    ...(Object.fromEntries([...sizes, ...limits]) as Pick<SettingsDraft, SizeSetting | LimitSetting>),
  };
};

const numberOf = ({ text, most }: { text: string; most: number }): number | undefined => {
  const typed = text.trim();
  const number = Number(typed);
  return /^\d+$/.test(typed) && number >= 1 && number <= most ? number : undefined;
};

/** The limit that is typed, or undefined for what is none. */
const limitOf = ({ hits, windowSeconds }: { hits: string; windowSeconds: string }) => {
  const read = {
    hits: numberOf({ text: hits, most: 9_999_999 }),
    windowSeconds: numberOf({ text: windowSeconds, most: 999_999 }),
  };
  return read.hits === undefined || read.windowSeconds === undefined
    ? undefined
    : { hits: read.hits, windowSeconds: read.windowSeconds };
};

/** What the form would change, and which fields hold what cannot be read. */
export const readDraft = (
  draft: SettingsDraft,
  values: Values,
): { patch: Partial<Values>; wrong: ("accountGraceDays" | SizeSetting | LimitSetting)[] } => {
  const { signUpMode, signUpRole, requireVerifiedEmail } = draft;
  const read: Record<string, unknown> = {
    ...{ signUpMode, signUpRole, requireVerifiedEmail },
    accountGraceDays: numberOf({ text: draft.accountGraceDays, most: mostGraceDays }),
    ...Object.fromEntries(sizeSettings.map((name) => [name, bytesOfGigabytes(draft[name])])),
    ...Object.fromEntries(limitSettings.map((name) => [name, limitOf(draft[name])])),
  };
  const wrong = (["accountGraceDays", ...sizeSettings, ...limitSettings] as const).filter(
    (name) => read[name] === undefined,
  );
  const before: Record<string, unknown> = values;
  const isOther = (name: string) => JSON.stringify(read[name]) !== JSON.stringify(before[name]);
  const patch: Partial<Values> = Object.fromEntries(Object.entries(read).filter(([name]) => isOther(name)));
  return { patch, wrong };
};
