import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { requireAuthSecret } from "#lib/env.ts";
import { idSchema } from "#lib/ids.ts";
import { readCookie, usesSecureCookies } from "#lib/web/identity/session-cookie.ts";

const lifeSeconds = 10 * 60;

/** A cookie that remembers for ten minutes what somebody has shown of themselves; encrypted, and good for its purpose alone. */
export type SealedCookie<Claims> = {
  /** `Set-Cookie` that remembers. */
  remember: (claims: Claims) => Promise<string>;
  /** What a request's cookie says; null for none, an old one and every other's. */
  read: (headers: Headers) => Promise<Claims | null>;
  /** `Set-Cookie` that forgets. */
  forget: () => string;
};

const sealedCookie = <Claims extends Record<string, unknown>>(
  purpose: string,
  schema: z.ZodType<Claims>,
): SealedCookie<Claims> => {
  const name = () => `${usesSecureCookies() ? "__Secure-" : ""}kinora.${purpose}`;
  // Lax: it comes along when another service leads back here.
  const attributes = () => `Path=/; HttpOnly; SameSite=Lax${usesSecureCookies() ? "; Secure" : ""}`;
  // The salt makes a key of its own: no cookie of another purpose, a session's above all, can be read as this one.
  const key = () => ({ secret: requireAuthSecret(), salt: `kinora.${purpose}` });
  return {
    remember: async (claims) => {
      const value = await encode({ token: { ...claims }, ...key(), maxAge: lifeSeconds });
      return `${name()}=${value}; Max-Age=${lifeSeconds}; ${attributes()}`;
    },
    read: async (headers) => {
      const token = readCookie(headers, name());
      if (token === null) return null;
      try {
        const parsed = schema.safeParse(await decode({ token, ...key() }));
        return parsed.success ? parsed.data : null;
      } catch {
        // Not ours, or too old: as good as none.
        return null;
      }
    },
    forget: () => `${name()}=; Max-Age=0; ${attributes()}`,
  };
};

const pendingClaims = z.object({ userId: idSchema, sessionVersion: z.number().int() });

/** Somebody for whom another service has vouched, and whose second factor is still asked for. */
export const pendingSignIn = sealedCookie("pending-sign-in", pendingClaims);

const linkClaims = z.object({ userId: idSchema, sessionId: idSchema, provider: z.string() });

/** A signed-in person who has just shown to be the account's owner, and wants to connect a service. */
export const pendingLink = sealedCookie("pending-link", linkClaims);
