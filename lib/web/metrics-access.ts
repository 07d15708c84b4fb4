import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { addressMatcher, clientAddress, normalAddress } from "#lib/web/request-address.ts";

const isLoopback = addressMatcher(["127.0.0.0/8", "::1"]);

const digest = (text: string) => createHash("sha256").update(text).digest();

const bearerOf = (headers: Headers) => /^bearer\s+(.+)$/i.exec(headers.get("authorization") ?? "")?.[1];

// A proxy on this machine connects over loopback for everyone: whoever it names must be on this machine too.
const isLocal = (headers: Headers): boolean =>
  [clientAddress(headers), ...(headers.get("x-forwarded-for")?.split(",") ?? [])].map(normalAddress).every(isLoopback);

/**
 * Lets in who may read metrics. Throws `unauthenticated` when `METRICS_TOKEN` is set and not sent as bearer, `forbidden`
 * when it is not set and the request comes from another machine.
 */
export const requireMetricsAccess = (headers: Headers): void => {
  const { metricsToken } = env();
  if (metricsToken === null) {
    if (!isLocal(headers))
      throw new AppError("forbidden", { hint: "Set METRICS_TOKEN to read metrics from elsewhere." });
    return;
  }
  const given = bearerOf(headers);
  if (given === undefined || !timingSafeEqual(digest(given), digest(metricsToken))) {
    throw new AppError("unauthenticated", { hint: "Send Authorization: Bearer with METRICS_TOKEN." });
  }
};
