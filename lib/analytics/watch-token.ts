import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { browsers, devices } from "#lib/analytics/user-agent.ts";
import { requireAuthSecret } from "#lib/env.ts";
import { idSchema } from "#lib/ids.ts";

/** What a player was opened as; it comes back with each of its reports. */
export type WatchTicket = {
  sessionId: string;
  issuedAtMs: number;
  /** Hash of the viewer with the salt of the day, hexadecimal. */
  viewerKey: string;
  /** Hash of the address alone; null for accounts. */
  addressKey: string | null;
  device: (typeof devices)[number];
  browser: (typeof browsers)[number];
};

/** Sessions end after a day: raw facts go a little later. */
export const ticketLifetimeMs = 24 * 3600 * 1000;
const keyBytes = 32;

const hash = z.string().regex(/^[0-9a-f]{32}$/);
const payloadSchema = z.tuple([
  idSchema,
  z.number().int().positive(),
  hash,
  hash.nullable(),
  z.enum(devices),
  z.enum(browsers),
]);

let cached: { secret: string; key: Buffer } | undefined;

/** Derived (RFC 5869), so that AUTH_SECRET itself signs nothing and no other signature can be taken for one of these. */
const signingKey = (): Buffer => {
  const secret = requireAuthSecret();
  if (cached?.secret !== secret) {
    cached = { secret, key: Buffer.from(hkdfSync("sha256", secret, "", "kinora watch session v1", keyBytes)) };
  }
  return cached.key;
};

const macOf = (videoId: string, payload: string): Buffer =>
  createHmac("sha256", signingKey()).update(`${videoId}\n${payload}`).digest();

/** Writes a ticket for one video: what it says in base64url, a dot, the HMAC-SHA256 over it and the video. */
export const signTicket = (videoId: string, ticket: WatchTicket): string => {
  const { sessionId, issuedAtMs, viewerKey, addressKey, device, browser } = ticket;
  const told = JSON.stringify([sessionId, issuedAtMs, viewerKey, addressKey, device, browser]);
  const payload = Buffer.from(told).toString("base64url");
  return `${payload}.${macOf(videoId, payload).toString("base64url")}`;
};

/** The ticket when it is genuine, of that very video and in time, else null. Costs one HMAC. */
export const readTicket = ({
  videoId,
  token,
  now,
}: {
  videoId: string;
  token: string;
  now: Date;
}): WatchTicket | null => {
  const [payload = "", mac = "", ...rest] = token.split(".");
  const given = Buffer.from(mac, "base64url");
  const expected = macOf(videoId, payload);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const parsed = payloadSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (!parsed.success) return null;
  const [sessionId, issuedAtMs, viewerKey, addressKey, device, browser] = parsed.data;
  const ageMs = now.getTime() - issuedAtMs;
  if (ageMs < 0 || ageMs > ticketLifetimeMs) return null;
  return { sessionId, issuedAtMs, viewerKey, addressKey, device, browser };
};
