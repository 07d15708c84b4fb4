import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";

/** What an ID token would say by now: everything but who signs it, and how. */
export type IdTokenClaims = Record<string, unknown>;

/** An OpenID Connect server whose every ID token is signed as the test says. */
export type SigningOidcServer = {
  issuer: string;
  /** `id_token_signing_alg_values_supported` of its discovery document; undefined: it says nothing of it. */
  listed: readonly string[] | undefined;
  /** The keys that it publishes. */
  keys: readonly JWK[];
  sign: (claims: IdTokenClaims) => Promise<string> | string;
  stop: () => Promise<void>;
};

type Started = { nonce: string; challenge: string; redirectUri: string; clientId: string };

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return new URLSearchParams(Buffer.concat(pieces).toString());
};

const answerJson = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

const discovery = ({ issuer, listed }: SigningOidcServer) => ({
  ...{
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  },
  ...{ response_types_supported: ["code"], subject_types_supported: ["public"] },
  ...(listed === undefined ? {} : { id_token_signing_alg_values_supported: listed }),
});

/** Leads back with a code at once, as for somebody who is signed in (RFC 6749, 4.1.2). */
const authorize = (url: URL, codes: Map<string, Started>): string => {
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const code = randomBytes(16).toString("hex");
  codes.set(code, {
    ...{ nonce: asked("nonce"), challenge: asked("code_challenge") },
    ...{ redirectUri: asked("redirect_uri"), clientId: asked("client_id") },
  });
  const back = new URL(asked("redirect_uri"));
  back.searchParams.set("code", code);
  back.searchParams.set("state", asked("state"));
  return back.href;
};

/** Gives tokens for a code once, to whoever knows the verifier of its challenge (RFC 7636, 4.6); null refuses. */
const redeem = async (server: SigningOidcServer, form: URLSearchParams, codes: Map<string, Started>) => {
  const code = form.get("code") ?? "";
  const started = codes.get(code);
  codes.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (started === undefined || started.challenge !== challenge || started.redirectUri !== form.get("redirect_uri")) {
    return null;
  }
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: server.issuer, aud: started.clientId, nonce: started.nonce, iat: now, exp: now + 300 };
  return {
    access_token: randomBytes(16).toString("hex"),
    ...{ token_type: "Bearer", expires_in: 300, id_token: await server.sign(claims) },
  };
};

const listen = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, "localhost", () => done((server.address() as AddressInfo).port)));

/** Starts it on a free port of this machine. `sign` and `keys` are the test's to set. */
export const startSigningOidcServer = async (): Promise<SigningOidcServer> => {
  const codes = new Map<string, Started>();
  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", state.issuer);
    if (url.pathname === "/.well-known/openid-configuration") return answerJson(response, discovery(state));
    if (url.pathname === "/jwks") return answerJson(response, { keys: state.keys });
    if (url.pathname === "/authorize") return response.writeHead(302, { location: authorize(url, codes) }).end();
    if (url.pathname !== "/token") return answerJson(response, { error: "not_found" }, 404);
    const tokens = await redeem(state, await readForm(request), codes);
    return tokens === null ? answerJson(response, { error: "invalid_grant" }, 400) : answerJson(response, tokens);
  });
  const state: SigningOidcServer = {
    ...{ issuer: `http://localhost:${await listen(http)}`, listed: undefined, keys: [] },
    sign: () => {
      throw new Error("the test has not said how to sign");
    },
    stop: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
  return state;
};
