import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { accountOfSession, statusRefusal } from "#lib/accounts/account-of-session.ts";
import { currentSigningKey, verifyingKey } from "#lib/accounts/signing-keys.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";

/** Seconds an access token lives. */
export const accessTokenSeconds = 15 * 60;
const audience = "kinora";
const issuer = "kinora";
/** RFC 9068, section 2.1: keeps other JWTs of this instance from being taken for access tokens. */
const tokenType = "at+jwt";

const claimsSchema = z.object({ sub: idSchema, sid: idSchema, session_version: z.number().int() });

/**
 * Makes an access token (EdDSA, 15 minutes) of a session, for its account under its present session version. Other services
 * check it with `/.well-known/jwks.json`: `aud` and `iss` are `kinora`, `typ` is `at+jwt`, `sub` is the account's id, `sid` the
 * session's, `role` the account's role.
 */
export const issueAccessToken = async ({
  account,
  sessionVersion,
  sessionId,
}: {
  account: Account;
  sessionVersion: number;
  sessionId: string;
}): Promise<{ accessToken: string; tokenType: "Bearer"; expiresIn: number }> => {
  const { kid, privateKey } = await currentSigningKey();
  const accessToken = await new SignJWT({
    sid: sessionId,
    session_version: sessionVersion,
    role: account.role,
    username: account.username,
  })
    .setProtectedHeader({ alg: "EdDSA", typ: tokenType, kid })
    .setSubject(account.id)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenSeconds}s`)
    .sign(privateKey);
  return { accessToken, tokenType: "Bearer", expiresIn: accessTokenSeconds };
};

const refused = (reason: string, cause?: unknown) =>
  new AppError("unauthenticated", {
    message: "The access token is not valid (any more).",
    hint: "Get a new one from POST /api/v1/auth/refresh or POST /api/v1/auth/token.",
    context: { reason },
    ...(cause === undefined ? {} : { cause }),
  });

const verifiedClaims = async (token: string) => {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? null : await verifyingKey(kid);
        if (key === null) throw refused("unknown key");
        return key;
      },
      { algorithms: ["EdDSA"], audience, issuer, typ: tokenType, requiredClaims: ["exp", "iat", "sub"] },
    );
    return claimsSchema.safeParse(payload);
  } catch (error) {
    if (error instanceof joseErrors.JOSEError || error instanceof TypeError) throw refused("not verified", error);
    throw error;
  }
};

/** The session that an access token names, whether it holds or not. Throws `unauthenticated` for a token that is not good. */
export const sessionOfAccessToken = async (token: string): Promise<string> => {
  const claims = await verifiedClaims(token);
  if (!claims.success) throw refused("claims");
  return claims.data.sid;
};

/**
 * The account and session of an access token. Throws `unauthenticated` when it is malformed, forged, expired or for
 * something else, when its session has ended, and when its account is suspended, deleted or has ended its sessions since.
 */
export const accountOfAccessToken = async ({
  token,
  address,
}: {
  token: string;
  address: string;
}): Promise<{ account: Account; sessionId: string }> => {
  const claims = await verifiedClaims(token);
  if (!claims.success) throw refused("claims");
  const { sub, sid, session_version } = claims.data;
  const session = await accountOfSession({ sessionId: sid, userId: sub, sessionVersion: session_version, address });
  if (session.state === "active") return { account: session.account, sessionId: sid };
  throw session.state === "ended" ? refused("session ended") : statusRefusal(session.state);
};
