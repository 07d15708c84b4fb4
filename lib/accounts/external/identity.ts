import { z } from "zod";
import { emailSchema } from "#lib/accounts/dto.ts";

/** Who somebody is at another service, as that service says. */
export type ExternalIdentity = {
  /** lib/accounts/external/services.ts `providerOf`. */
  provider: string;
  /** The service's own id of the person; addresses change, this does not. */
  subject: string;
  email: string | null;
  /** Whether the service says that the person reads the address's mail. */
  emailVerified: boolean;
  /** Names to choose from; the first that can be used becomes the account's. */
  handles: readonly string[];
  displayName: string | null;
};

const text = z.string().trim().min(1).max(400);
const optional = text.nullish().catch(null);

// OpenID Connect Core 1.0, section 5.1. Some servers send the flag as a text.
const claimsSchema = z.object({
  sub: text,
  email: optional,
  email_verified: z
    .union([z.boolean(), z.literal(["true", "false"]).transform((word) => word === "true")])
    .catch(false)
    .default(false),
  preferred_username: optional,
  nickname: optional,
  name: optional,
});

const goodEmail = (email: string | null | undefined): string | null => {
  const parsed = emailSchema.safeParse(email);
  return parsed.success ? parsed.data : null;
};

const longestName = 60;
const shown = (name: string | null | undefined): string | null => name?.slice(0, longestName).trim() || null;
const present = (names: readonly (string | null | undefined)[]) => names.flatMap((name) => name ?? []);

/** Reads the claims of an ID token or a userinfo answer. Throws `ZodError` without a subject. */
export const identityOfClaims = (claims: unknown, provider: string): ExternalIdentity => {
  const { sub, email, email_verified, preferred_username, nickname, name } = claimsSchema.parse(claims);
  const address = goodEmail(email);
  return {
    provider,
    subject: sub,
    email: address,
    emailVerified: address !== null && email_verified,
    handles: present([preferred_username, nickname, address?.split("@")[0], name]),
    displayName: shown(name) ?? shown(preferred_username),
  };
};

const gitHubSchema = z.object({
  id: z.number().int().positive(),
  login: text,
  name: optional,
  emails: z
    .array(z.object({ email: text, primary: z.boolean(), verified: z.boolean() }))
    .catch([])
    .default([]),
});

/**
 * Reads GitHub's answers of `/user`, with those of `/user/emails` as `emails`: the primary address counts, and else the
 * first verified one. Throws `ZodError` without an id.
 */
export const identityOfGitHub = (user: unknown): ExternalIdentity => {
  const { id, login, name, emails } = gitHubSchema.parse(user);
  const chosen = emails.find(({ primary }) => primary) ?? emails.find(({ verified }) => verified);
  const email = goodEmail(chosen?.email);
  return {
    ...{ provider: "github", subject: String(id), email },
    emailVerified: email !== null && chosen?.verified === true,
    handles: present([login, email?.split("@")[0]]),
    displayName: shown(name) ?? login,
  };
};
