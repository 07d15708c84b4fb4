import { createHash } from "node:crypto";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/** An `Upload-Metadata` header (tus 1.0.0, creation): names with their values in base64. */
export const metadata = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(",");

/** The sha256 of bytes, in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
