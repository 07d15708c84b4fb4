/** What another service gave the operator for this site. */
export type OAuthClient = { clientId: string; clientSecret: string };

/** Any server that speaks OpenID Connect, and how it is called on the log-in page. */
export type OidcService = OAuthClient & { issuer: string; name: string };

/** The services with which people may sign in; null for those that are not configured. */
export type SignInServices = { github: OAuthClient | null; google: OAuthClient | null; oidc: OidcService | null };

type Source = Record<string, unknown>;
type Read<T> = { value: T | null; fault: string | null };

const textOf = (source: Source, name: string): string | undefined => {
  const value = source[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};

/** All of the variables, or none of them. */
const together = <Name extends string>(source: Source, names: readonly Name[]): Read<Record<Name, string>> => {
  const given = names.flatMap((name) => {
    const value = textOf(source, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (given.length === 0) return { value: null, fault: null };
  if (given.length < names.length) return { value: null, fault: `${names.join(", ")} go together; set all or none.` };
  return { value: Object.fromEntries(given) as Record<Name, string>, fault: null };
};

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Plain http would let anybody in between sign in as anybody. */
const isIssuer = (address: string): boolean => {
  const url = URL.parse(address);
  if (url === null || url.search !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname));
};

const readOidc = (source: Source): Read<OidcService> => {
  const { value, fault } = together(source, ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]);
  const name = textOf(source, "OIDC_NAME");
  if (value === null) {
    return { value, fault: fault ?? (name === undefined ? null : "OIDC_NAME is of no use without OIDC_ISSUER.") };
  }
  const issuer = value.OIDC_ISSUER;
  if (!isIssuer(issuer)) {
    return { value: null, fault: "OIDC_ISSUER must be an https address without a query (http on this machine alone)." };
  }
  const client = { clientId: value.OIDC_CLIENT_ID, clientSecret: value.OIDC_CLIENT_SECRET };
  return { value: { ...client, issuer, name: name ?? new URL(issuer).hostname }, fault: null };
};

const readClient = (source: Source, service: "GITHUB" | "GOOGLE"): Read<OAuthClient> => {
  const id = `${service}_CLIENT_ID` as const;
  const secret = `${service}_CLIENT_SECRET` as const;
  const { value, fault } = together(source, [id, secret]);
  return { value: value === null ? null : { clientId: value[id], clientSecret: value[secret] }, fault };
};

/**
 * The services that the environment names, and a sentence for each that cannot be used: half of a pair would look as if
 * it worked until somebody tries it.
 */
export const readSignInServices = (source: Source): { services: SignInServices; faults: string[] } => {
  const github = readClient(source, "GITHUB");
  const google = readClient(source, "GOOGLE");
  const oidc = readOidc(source);
  return {
    services: { github: github.value, google: google.value, oidc: oidc.value },
    faults: [github, google, oidc].flatMap(({ fault }) => fault ?? []),
  };
};
