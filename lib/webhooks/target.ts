import { promises as dns } from "node:dns";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { env } from "#lib/env.ts";

/** Why an address is not called; also keys of the `webhooks` messages and, as `webhook_url_…`, of field faults. */
export const targetFaults = ["scheme", "credentials", "port", "private", "invalid"] as const;
/** See `targetFaults`. */
export type TargetFault = (typeof targetFaults)[number];

/** A target that is not called. */
export class TargetRefused extends Error {
  readonly fault: TargetFault | "name_unknown";
  constructor(fault: TargetFault | "name_unknown") {
    super(`webhook target refused: ${fault}`);
    this.name = "TargetRefused";
    this.fault = fault;
  }
}

/** Gives all addresses of a name. */
export type ResolveName = (input: { hostname: string; signal: AbortSignal }) => Promise<string[]>;

/** Global unicast of IPv6 (RFC 4291, section 2.5.4, and the registry of IANA): all that is given out lies in here. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public Internet. Private, shared, loopback, link-local, multicast, reserved and
 * documentation ranges do not, nor does anything in which IPv6 carries an IPv4 address (mapped, 6to4, NAT64, Teredo).
 */
export const isPublicAddress = (text: string): boolean => {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(globalUnicast);
};

// Names that never lead to the public Internet (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal).
const privateName = /(^|\.)(localhost|local|internal|home\.arpa|onion)$/;

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");

const hostFault = (host: string): TargetFault | null => {
  if (host === "") return "invalid";
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : "private";
  return !host.includes(".") || privateName.test(host) ? "private" : null;
};

const portFault = (port: string): TargetFault | null =>
  port === "" || port === "80" || port === "443" || Number(port) >= 1024 ? null : "port";

/**
 * What speaks against an address before any name is looked up, or null. The parser has already written decimal, octal,
 * hexadecimal and shortened IPv4 addresses as the usual four numbers.
 */
export const targetFault = (text: string): TargetFault | null => {
  if (!URL.canParse(text)) return "invalid";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "scheme";
  if (url.username !== "" || url.password !== "") return "credentials";
  if (env().webhookPrivateTargets) return hostOf(url) === "" ? "invalid" : null;
  return hostFault(hostOf(url)) ?? portFault(url.port);
};

const lookupSeconds = 3;

/**
 * Asks name servers: those of `servers` (`address:port`), else the machine's. Not through getaddrinfo, which would keep
 * one of the process's few file threads for as long as a name server likes.
 */
export const askNameServers =
  (servers?: readonly string[]): ResolveName =>
  async ({ hostname, signal }) => {
    const resolver = new dns.Resolver({ timeout: lookupSeconds * 1000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
      return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };

// Names of one's own network may stand in the machine's hosts file only.
const askSystem: ResolveName = async ({ hostname }) =>
  (await dns.lookup(hostname, { all: true }).catch(() => [])).map(({ address }) => address);

/**
 * The addresses a target may be called at, looked up once. Throws `TargetRefused` when the address itself is refused,
 * when its name is unknown, or when any of its addresses is not public. The caller connects to exactly these: a second
 * look-up could give others (DNS rebinding).
 */
export const resolveTarget = async (input: {
  url: string;
  signal: AbortSignal;
  resolve?: ResolveName | undefined;
}): Promise<{ url: URL; addresses: string[] }> => {
  const fault = targetFault(input.url);
  if (fault !== null) throw new TargetRefused(fault);
  const url = new URL(input.url);
  const hostname = hostOf(url);
  if (isIP(hostname) !== 0) return { url, addresses: [hostname] };
  const anywhere = env().webhookPrivateTargets;
  const resolve = input.resolve ?? (anywhere ? askSystem : askNameServers());
  const addresses = await resolve({ hostname, signal: input.signal });
  input.signal.throwIfAborted();
  if (addresses.length === 0) throw new TargetRefused("name_unknown");
  if (!anywhere && !addresses.every(isPublicAddress)) throw new TargetRefused("private");
  return { url, addresses };
};
