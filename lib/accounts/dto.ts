import { z } from "zod";
import { isCommonPassword } from "#lib/accounts/common-passwords.ts";
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
export const signUpSchema = z.strictObject({
  email: z.string().trim().pipe(emailSchema),
  username: z.string().trim().pipe(usernameSchema),
  password: newPasswordSchema,
});
/** See `signUpSchema`. */
export type SignUpBody = z.output<typeof signUpSchema>;

/** What signs in; nothing is said here about which passwords are good ones. */
export const credentialsSchema = z.strictObject({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(128),
});

/** An account as it learns of itself. */
export const accountSchema = z.object({
  id: idSchema,
  email: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(["viewer", "creator", "admin"]),
  locale: z.enum(["en", "uk"]).nullable(),
  channel: z.object({ id: idSchema, handle: z.string(), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
});
/** See `accountSchema`. */
export type AccountDto = z.output<typeof accountSchema>;

/** What an account may change of itself. */
export const accountPatchSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(60).optional(),
  locale: z.enum(["en", "uk"]).nullable().optional(),
});
/** See `accountPatchSchema`. */
export type AccountPatch = z.output<typeof accountPatchSchema>;

/** What `POST /auth/token` answers. Refresh tokens come with a later version. */
export const tokenSchema = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  /** Seconds. */
  expiresIn: z.number().int(),
});

/** What `POST /auth/setup` takes: the one-time token of the set-up link and the first admin's data. */
export const setupSchema = signUpSchema.extend({ token: z.string().min(1).max(200) });
