import { BlockList, isIP } from "node:net";
import { env } from "#lib/env.ts";

/**
 * Header in which `lib/web/stamp-peer.ts` writes the address of the connection, over whatever a client sent. Next itself
 * only tells it as `X-Forwarded-For`, and not at all once the client sent that header.
 */
export const peerHeader = "x-kinora-peer";

/** An address in one spelling: an IPv4 address that came in over an IPv6 socket as IPv4, lower case, no zone. */
export const normalAddress = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "")
    .replace(/%.*$/, "");

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** Whether a text is how many bits a network has; an empty one would be read as none, and match everybody. */
const isLength = (bits: string, address: string): boolean =>
  /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 6 ? 128 : 32);

/** Matches addresses against a list of addresses and networks (`10.0.0.0/8`). What is neither is ignored. */
export const addressMatcher = (entries: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits, ...rest] = normalAddress(entry).split("/");
    if (isIP(address) === 0 || rest.length > 0) continue;
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else if (isLength(bits, address)) list.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
};

let trusted: { of: readonly string[]; matches: (address: string) => boolean } | undefined;

/** Whether an address is one of `TRUSTED_PROXIES`. */
export const isTrustedProxy = (address: string): boolean => {
  const { trustedProxies } = env();
  if (trusted?.of !== trustedProxies) trusted = { of: trustedProxies, matches: addressMatcher(trustedProxies) };
  return trusted.matches(address);
};

/** Address of the other end of the connection, or null when it is not known. */
export const peerAddress = (headers: Headers): string | null => {
  const peer = headers.get(peerHeader);
  return peer === null || peer === "" ? null : normalAddress(peer);
};

/** Whether the request comes straight from a trusted proxy, so that its `X-Forwarded-*` headers count. */
export const comesFromTrustedProxy = (headers: Headers): boolean => {
  const peer = peerAddress(headers);
  return peer !== null && isTrustedProxy(peer);
};

/** One entry of `X-Forwarded-For`; some proxies write the port behind the address, and brackets around one of IPv6. */
const forwardedAddress = (entry: string): string => {
  const [, bracketed, plain] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(entry.trim()) ?? [];
  return normalAddress(bracketed ?? plain ?? entry);
};

/**
 * Address of whoever asks: the connection's other end, or when that is a trusted proxy the last entry in
 * `X-Forwarded-For` that is not one. Read from right to left, because clients can write anything on the left; an entry that
 * is no address ends the search, for what stands left of it may be a client's own words.
 */
export const clientAddress = (headers: Headers): string => {
  const peer = peerAddress(headers);
  if (peer === null) return "unknown";
  if (!isTrustedProxy(peer)) return peer;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map(forwardedAddress);
  const client = forwarded.findLast((address) => !isTrustedProxy(address));
  return client !== undefined && isIP(client) !== 0 ? client : peer;
};

/** The part of an address that one household or machine holds: all of IPv4, the first 64 bits of IPv6. */
export const addressGroup = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter((part) => part !== "");
  const right = (tail ?? "").split(":").filter((part) => part !== "");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
};

/** Scheme and host under which the client reached us, for example `http://192.168.1.5:3000`. */
export const requestOrigin = (request: Request): string => {
  const url = new URL(request.url);
  const trustedForward = comesFromTrustedProxy(request.headers);
  const forwardedHost = trustedForward ? request.headers.get("x-forwarded-host") : null;
  const forwardedProto = trustedForward ? request.headers.get("x-forwarded-proto") : null;
  const host = forwardedHost ?? request.headers.get("host") ?? url.host;
  const scheme = (forwardedProto ?? url.protocol).startsWith("https") ? "https" : "http";
  return `${scheme}://${host.toLowerCase()}`;
};
