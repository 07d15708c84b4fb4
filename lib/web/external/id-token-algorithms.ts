import { decodeProtectedHeader } from "jose";
import type { OAuthConfig } from "next-auth/providers/oauth";

/** How ID tokens may be signed: with a key of the service's own, never with our secret (HMAC), never not at all (`none`). */
const safeAlgorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA"] as const;

/**
 * Which algorithms of a service are accepted: those that its discovery document lists
 * (`id_token_signing_alg_values_supported`; OpenID Connect Discovery 1.0, section 3) and that are safe. RS256 where it lists
 * nothing.
 */
export const acceptedAlgorithms = (listed: unknown): readonly string[] =>
  Array.isArray(listed) ? safeAlgorithms.filter((algorithm) => listed.includes(algorithm)) : ["RS256"];

/** The algorithm that an ID token names. Throws for one that is not accepted; the signature is still to be checked. */
const algorithmOf = (idToken: string, listed: unknown): string => {
  const { alg } = decodeProtectedHeader(idToken);
  const accepted = acceptedAlgorithms(listed);
  if (alg !== undefined && accepted.includes(alg)) return alg;
  const wanted = accepted.length === 0 ? "none that is safe" : accepted.join(", ");
  throw new Error(`The ID token is signed with ${alg?.slice(0, 20)}; accepted of what the service lists: ${wanted}.`);
};

type TokenHandler = Exclude<NonNullable<OAuthConfig<unknown>["token"]>, string>;

/**
 * Exchanges the code like next-auth's own, for services that sign with more than one algorithm. openid-client expects one
 * algorithm that is settled before; here it is the token's own where that is accepted. Everything else stays its work: the
 * key must fit the algorithm (kind, curve, and `alg` and `use` where the service tells them), then signature, issuer,
 * audience, nonce and times.
 */
export const exchangeCode: TokenHandler = {
  request: async ({ client, provider, params, checks }) => {
    const { issuer } = client;
    let algorithm = "RS256";
    // A metadata property that stands on a subclass is read there instead of being set once and for all.
    class Receiver extends issuer.Client {
      override async grant(...given: Parameters<typeof client.grant>) {
        const tokens = await super.grant(...given);
        if (tokens.id_token !== undefined) {
          algorithm = algorithmOf(tokens.id_token, issuer.metadata["id_token_signing_alg_values_supported"]);
        }
        return tokens;
      }
      get id_token_signed_response_alg() {
        return algorithm;
      }
    }
    const receiver = new Receiver(client.metadata);
    // What next-auth set under symbols of openid-client's: how far clocks may differ.
    for (const symbol of Object.getOwnPropertySymbols(client))
      Reflect.set(receiver, symbol, Reflect.get(client, symbol));
    return { tokens: await receiver.callback(provider.callbackUrl, params, checks) };
  },
};
