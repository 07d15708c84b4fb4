import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { onRequestStart } from "#lib/web/on-request-start.ts";

const prefix = "/_next/static/";
const suffix = ".br";

/** What Next itself says of them. */
const contentTypes: ReadonlyMap<string, string> = new Map([
  [".js", "application/javascript; charset=UTF-8"],
  [".css", "text/css; charset=UTF-8"],
  [".svg", "image/svg+xml"],
]);

/** Whether an `Accept-Encoding` takes brotli (RFC 9110, 12.5.3). */
export const takesBrotli = (header: string): boolean =>
  header.split(",").some((part) => {
    const [coding = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    return coding === "br" && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });

/** The paths of all files that have a copy. */
const readCopies = (distDir: string): ReadonlySet<string> => {
  const names = readdirSync(join(distDir, "static"), { recursive: true, encoding: "utf8" });
  return new Set(
    names
      .filter((name) => name.endsWith(suffix))
      .map((name) => prefix + name.slice(0, -suffix.length).replaceAll("\\", "/")),
  );
};

/** What is no copy after all, such as a page that says why there is none, is not compressed either. */
const onlyForCopies = (response: ServerResponse): void => {
  const writeHead = response.writeHead;
  response.writeHead = (...input: unknown[]) => {
    if (Number(input[0]) >= 400) response.removeHeader("Content-Encoding");
    return Reflect.apply(writeHead, response, input);
  };
};

/** Turns a request for a file into one for its copy; Next then answers with that file, its length and its own `ETag`. */
const turnToCopy = (copies: ReadonlySet<string>, request: IncomingMessage, response: ServerResponse): void => {
  const { method, headers, url = "" } = request;
  if (!url.startsWith(prefix) || (method !== "GET" && method !== "HEAD")) return;
  const [path = "", ...query] = url.split("?");
  if (!copies.has(path) || headers.range !== undefined || !takesBrotli(String(headers["accept-encoding"] ?? "")))
    return;
  const type = contentTypes.get(path.slice(path.lastIndexOf(".")));
  if (type === undefined) return;
  request.url = [path + suffix, ...query].join("?");
  response.setHeader("Content-Type", type);
  response.setHeader("Content-Encoding", "br");
  onlyForCopies(response);
};

/**
 * From now on scripts and style sheets of the build are sent as the brotli copies that lie beside them (written by
 * `scripts/start/brotli-copies.ts`), to whom takes such; all others, and files without a copy, go Next's way. That they differ
 * by `Accept-Encoding` Next says of all it could compress. Repeating the call does nothing.
 */
export const sendBrotliCopies = (distDir: string): void => {
  const copies = readCopies(distDir);
  onRequestStart("brotli-copies", ({ request, response }) => turnToCopy(copies, request, response));
};
