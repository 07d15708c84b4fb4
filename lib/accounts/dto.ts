import { z } from "zod";
import { isCommonPassword } from "#lib/accounts/common-passwords.ts";
import { scopes } from "#lib/accounts/scopes.ts";
import { idSchema } from "#lib/ids.ts";

const reservedNames = new Set(
  [
    "admin",
    "administrator",
    "root",
    "system",
    "kinora",
    "api",
    "studio",
    "support",
    "help",
    "settings",
    "moderator",
  ].concat([
    "me",
    "null",
    "undefined",
    "anonymous",
    "everyone",
    "security",
    "official",
    "staff",
    "www",
    "mail",
    "setup",
    "login",
  ]),
);

/** An address as people type it; told apart without regard to case. */
export const emailSchema = z.email().max(254);

/** A name in addresses: 3 to 30 letters, digits, `-`, `_`, beginning and ending with a letter or digit. */
export const usernameSchema = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{1,28})[A-Za-z0-9]$/, { error: "username_format", abort: true })
  .refine((name) => !reservedNames.has(name.toLowerCase()), { error: "username_reserved" });

/** A new password. */
export const newPasswordSchema = z
  .string()
  .min(8)
  .max(128)
  .refine((password) => !isCommonPassword(password), { error: "password_common" });

/** What `POST /auth/signup` takes. */
export const signUpSchema = z
  .strictObject({
    email: z.string().trim().pipe(emailSchema),
    username: z.string().trim().pipe(usernameSchema),
    password: newPasswordSchema,
  })
  .meta({ id: "SignUp" });
/** See `signUpSchema`. */
export type SignUpBody = z.output<typeof signUpSchema>;

/** Six digits of the authenticator app, or a recovery code; spaces and hyphens do not count. */
const secondFactorCode = z.string().trim().min(1).max(40);

/** What signs in; nothing is said here about which passwords are good ones. */
export const credentialsSchema = z
  .strictObject({
    email: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(128),
    /** A code of the second factor, or a recovery code, for accounts that have one. */
    totp: secondFactorCode.optional(),
  })
  .meta({ id: "Credentials" });

/** An account as it learns of itself. */
export const accountSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    emailVerified: z.boolean().describe("Whether somebody who reads the address's mail has confirmed it."),
    username: z.string(),
    displayName: z.string(),
    bio: z.string().describe("Plain text."),
    avatarUrl: z.string().nullable().describe("The profile picture, open to everybody; null without one."),
    role: z.enum(["viewer", "creator", "admin"]),
    status: z
      .enum(["active", "pending", "suspended"])
      .describe("`pending`: waits for an admin's approval and may not sign in."),
    locale: z.enum(["en", "uk"]).nullable(),
    channel: z.object({ id: idSchema, handle: z.string(), name: z.string() }).nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Account" });
/** See `accountSchema`. */
export type AccountDto = z.output<typeof accountSchema>;

/** What an account may change of itself. */
export const accountPatchSchema = z
  .strictObject({
    displayName: z.string().trim().min(1).max(60).optional(),
    bio: z.string().trim().max(1000).optional().describe("Plain text; empty for none."),
    locale: z.enum(["en", "uk"]).nullable().optional(),
  })
  .meta({ id: "AccountPatch" });
/** See `accountPatchSchema`. */
export type AccountPatch = z.output<typeof accountPatchSchema>;

/** What `POST /auth/token` and `POST /auth/refresh` answer. */
export const tokenPairSchema = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string().describe("Good once, for `POST /auth/refresh`."),
    tokenType: z.literal("Bearer"),
    expiresIn: z.number().int().describe("Seconds that the access token lives."),
  })
  .meta({ id: "TokenPair" });
/** See `tokenPairSchema`. */
export type TokenPairDto = z.output<typeof tokenPairSchema>;

/** What `POST /auth/refresh` takes, and `POST /auth/logout` may. */
export const refreshSchema = z.strictObject({ refreshToken: z.string().min(1).max(200) }).meta({ id: "RefreshToken" });

/** One of the caller's log-ins. */
export const sessionSchema = z
  .object({
    id: idSchema,
    kind: z.enum(["browser", "program"]),
    current: z.boolean().describe("Whether it is the one that asks."),
    browser: z
      .string()
      .nullable()
      .describe("What the client gave itself out as: `Firefox`, `curl`; null when it cannot be told."),
    system: z.string().nullable().describe("`Linux`, `Android`; null when it cannot be told."),
    address: z.string(),
    lastSeenAt: z.iso.datetime().describe("To the minute."),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Session" });
/** See `sessionSchema`. */
export type SessionDto = z.output<typeof sessionSchema>;

/** A page of the caller's log-ins. */
export const sessionPageSchema = z
  .object({ items: z.array(sessionSchema), nextCursor: z.string().nullable() })
  .meta({ id: "SessionPage" });
/** See `sessionPageSchema`. */
export type SessionPageDto = z.output<typeof sessionPageSchema>;

/** What `GET /me/sessions` takes. */
export const sessionListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: idSchema.optional(),
});

/** What `DELETE /me/sessions` answers. */
export const endedSessionsSchema = z.object({ ended: z.number().int() });

/** An API token as its owner sees it later on. */
export const apiTokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    prefix: z.string().describe("Its first letters."),
    scopes: z.array(z.enum(scopes)),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe("To the minute."),
    lastUsedAddress: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "ApiToken" });
/** See `apiTokenSchema`. */
export type ApiTokenDto = z.output<typeof apiTokenSchema>;

/** The caller's API tokens. */
export const apiTokenListSchema = z.object({ items: z.array(apiTokenSchema) }).meta({ id: "ApiTokenList" });

/** A new API token, with the token itself: this once. */
export const madeApiTokenSchema = apiTokenSchema.extend({ token: z.string() }).meta({ id: "MadeApiToken" });
/** See `madeApiTokenSchema`. */
export type MadeApiTokenDto = z.output<typeof madeApiTokenSchema>;

/** What `POST /me/tokens` takes. */
export const newApiTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .transform((wanted) => [...new Set(wanted)]),
    expiresInDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .describe("Null for a token that lasts until it is revoked."),
  })
  .meta({ id: "NewApiToken" });
/** See `newApiTokenSchema`. */
export type NewApiToken = z.output<typeof newApiTokenSchema>;

/** What `POST /me/password` takes. */
export const passwordChangeSchema = z
  .strictObject({
    currentPassword: z.string().min(1).max(128),
    newPassword: newPasswordSchema,
  })
  .meta({ id: "PasswordChange" });
/** See `passwordChangeSchema`. */
export type PasswordChange = z.output<typeof passwordChangeSchema>;

/** What an admin may change of an account's standing. */
export const standingPatchSchema = z
  .strictObject({
    role: z.enum(["viewer", "creator", "admin"]).optional(),
    status: z
      .enum(["active", "suspended"])
      .optional()
      .describe("`active` approves an account that waits, and restores one that was suspended."),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe("Told to the account when it is suspended; kept in the audit log."),
  })
  .refine((patch) => patch.status !== "suspended" || patch.reason !== undefined, {
    path: ["reason"],
    error: "required",
  })
  .meta({ id: "StandingPatch" });
/** See `standingPatchSchema`. */
export type StandingPatch = z.output<typeof standingPatchSchema>;

/** What `POST /admin/users/{userId}/reject` takes. */
export const rejectionSchema = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe("Told to whoever asked for the account; kept in the audit log."),
  })
  .meta({ id: "Rejection" });

/** An account as admins see it. */
export const standingSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    username: z.string(),
    displayName: z.string(),
    role: z.enum(["viewer", "creator", "admin"]),
    status: z.enum(["active", "pending", "suspended"]),
    suspendedReason: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Standing" });
/** See `standingSchema`. */
export type StandingDto = z.output<typeof standingSchema>;

/** Whether the caller is asked for a second factor. */
export const secondFactorSchema = z
  .object({
    enabled: z.boolean(),
    /** Recovery codes that were not used; 0 while it is off. */
    recoveryCodesLeft: z.number().int(),
  })
  .meta({ id: "SecondFactor" });
/** See `secondFactorSchema`. */
export type SecondFactorDto = z.output<typeof secondFactorSchema>;

/** What `POST /me/second-factor` takes: the present password. */
export const beginSecondFactorSchema = z.strictObject({ password: z.string().min(1).max(128) });

/** A secret for an authenticator app; shown until a first code confirms it. */
export const secondFactorSecretSchema = z.object({
  /** In base32, to be typed. */
  secret: z.string(),
  /** `otpauth://…`, as it stands in the QR code. */
  uri: z.string(),
  /** The QR code as a whole SVG. */
  qrSvg: z.string(),
});
/** See `secondFactorSecretSchema`. */
export type SecondFactorSecretDto = z.output<typeof secondFactorSecretSchema>;

/** What `POST /me/second-factor/confirm` takes. */
export const confirmSecondFactorSchema = z.strictObject({ code: secondFactorCode });

/** What switching the second factor off and making recovery codes anew takes. */
export const secondFactorProofSchema = z.strictObject({ password: z.string().min(1).max(128), code: secondFactorCode });
/** See `secondFactorProofSchema`. */
export type SecondFactorProof = z.output<typeof secondFactorProofSchema>;

/** New recovery codes: this once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
/** See `recoveryCodesSchema`. */
export type RecoveryCodesDto = z.output<typeof recoveryCodesSchema>;

const emailToken = z.string().min(1).max(200);

/** What `POST /auth/verify-email` and `POST /me/email/confirm` take: the secret of the mail's link. */
export const emailTokenSchema = z.strictObject({ token: emailToken });

/** What `POST /auth/forgot-password` takes. */
export const forgotPasswordSchema = z.strictObject({ email: z.string().trim().pipe(emailSchema) });

/** What `POST /auth/reset-password` takes. */
export const resetPasswordSchema = z.strictObject({ token: emailToken, password: newPasswordSchema });

/** What `POST /me/email` takes; `password` is the present one. */
export const emailChangeSchema = z.strictObject({
  email: z.string().trim().pipe(emailSchema),
  password: z.string().min(1).max(128),
});

/** What `POST /auth/setup` takes: the one-time token of the set-up link and the first admin's data. */
export const setupSchema = signUpSchema.extend({ token: z.string().min(1).max(200) }).meta({ id: "Setup" });
