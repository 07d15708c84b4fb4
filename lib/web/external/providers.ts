import { decodeJwt } from "jose";
import type { Profile, TokenSet } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { type ExternalIdentity, identityOfClaims, identityOfGitHub } from "#lib/accounts/external/identity.ts";
import { providerOf } from "#lib/accounts/external/services.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { OAuthClient } from "#lib/sign-in-services.ts";
import { exchangeCode } from "#lib/web/external/id-token-algorithms.ts";

type Service = OAuthConfig<Profile>;

const timeoutMs = 10_000;

// RFC 9700, section 2.1.1: PKCE also for clients with a secret. The nonce binds the ID token to this browser.
const openIdChecks: Service["checks"] = ["pkce", "state", "nonce"];

const openId = (
  service: "google" | "oidc",
  { name, issuer, client }: { name: string; issuer: string; client: OAuthClient },
): Service => ({
  ...{ id: service, name, type: "oauth", issuer, ...client },
  wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  authorization: { params: { scope: "openid email profile" } },
  idToken: true,
  token: exchangeCode,
  checks: openIdChecks,
  httpOptions: { timeout: timeoutMs },
  userinfo: {
    request: async ({ tokens, client: server }) => {
      const { id_token: idToken = "", access_token: accessToken = "" } = tokens;
      // Signature, issuer, audience, nonce and times were checked when it was received.
      const claims = decodeJwt(idToken);
      const asks = claims.email === undefined && server.issuer.metadata.userinfo_endpoint !== undefined;
      // Some servers tell the address here only. OpenID Connect Core 1.0, 5.3.2: it counts for the very same subject alone.
      const told: Record<string, unknown> = asks ? await server.userinfo(accessToken) : {};
      return { ...(told.sub === claims.sub ? told : {}), ...claims };
    },
  },
  profile: (claims) => ({ id: identityOfClaims(claims, providerOf(service)).subject }),
});

const askGitHub = async (path: string, { access_token }: TokenSet): Promise<unknown> => {
  const response = await fetch(`https://api.github.com${path}`, {
    headers: {
      authorization: `Bearer ${access_token}`,
      accept: "application/vnd.github+json",
      "user-agent": "kinora",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    throw new AppError("unavailable", { context: { service: "github", path, status: response.status } });
  }
  return response.json();
};

const gitHub = (client: OAuthClient): Service => ({
  ...{ id: "github", name: "GitHub", type: "oauth", ...client },
  authorization: { url: "https://github.com/login/oauth/authorize", params: { scope: "read:user user:email" } },
  token: "https://github.com/login/oauth/access_token",
  // No OpenID Connect, so there is no ID token that a nonce could stand in.
  checks: ["pkce", "state"],
  httpOptions: { timeout: timeoutMs },
  userinfo: {
    url: "https://api.github.com/user",
    request: async ({ tokens }) => {
      const user = await askGitHub("/user", tokens);
      return { ...Object(user), emails: await askGitHub("/user/emails", tokens) };
    },
  },
  profile: (user) => ({ id: identityOfGitHub(user).subject }),
});

/** The configured services, as next-auth is told of them. */
export const externalProviders = (): Service[] => {
  const { github, google, oidc } = env().signInServices;
  const issuer = "https://accounts.google.com";
  return [
    ...(oidc === null ? [] : [openId("oidc", { name: oidc.name, issuer: oidc.issuer, client: clientOf(oidc) })]),
    ...(google === null ? [] : [openId("google", { name: "Google", issuer, client: google })]),
    ...(github === null ? [] : [gitHub(github)]),
  ];
};

const clientOf = ({ clientId, clientSecret }: OAuthClient): OAuthClient => ({ clientId, clientSecret });

/** Who somebody is, of what a service answered. Throws `ZodError` for an answer without a subject, `not_found` for no service. */
export const identityOf = (service: string, answer: unknown): ExternalIdentity => {
  if (service === "github") return identityOfGitHub(answer);
  if (service !== "google" && service !== "oidc") throw new AppError("not_found");
  return identityOfClaims(answer, providerOf(service));
};
