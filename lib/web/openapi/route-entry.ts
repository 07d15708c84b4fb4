import type { z } from "zod";
import type { FrameOptions } from "#lib/web/frame.ts";
import type { Described, RawDescription } from "#lib/web/openapi/description.ts";

/** Any route's spec, whichever of `route` and `rawRoute` took it. */
export type AnySpec = FrameOptions &
  Described & {
    params?: z.ZodType;
    query?: z.ZodType;
    body?: z.ZodType;
    response?: z.ZodType;
    status?: number;
    openapi?: RawDescription | Omit<RawDescription, "answers"> | "none";
  };

/** One method of one address, with what its route says of it. */
export type RouteEntry = {
  /** As in the document: `/api/v1/videos/{videoId}`. */
  path: string;
  /** Names in the path that may hold slashes. */
  openEnded: readonly string[];
  method: string;
  spec: AnySpec;
  /** Whether the handler makes its answers by itself. */
  raw: boolean;
};

/**
 * The address of a route file, as Next makes it of the folders: `app/(site)/a/[b]/[...c]/route.ts` is `/a/{b}/{c}`, where
 * `c` may hold slashes.
 */
export const pathOfFile = (file: string): Pick<RouteEntry, "path" | "openEnded"> => {
  const openEnded: string[] = [];
  const parts = file
    .split("/")
    .slice(1, -1)
    .filter((part) => !/^\(.*\)$/.test(part))
    .map((part) => {
      const [, dots, name] = /^\[{1,2}(\.\.\.)?(\w+)\]{1,2}$/.exec(part) ?? [];
      if (name === undefined) return part;
      if (dots !== undefined) openEnded.push(name);
      return `{${name}}`;
    });
  return { path: `/${parts.join("/")}`, openEnded };
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** A handler of `route` or `rawRoute`, or null. */
const handlerOf = (value: unknown): Pick<RouteEntry, "spec" | "raw"> | null => {
  if (typeof value !== "function" || !("spec" in value && "raw" in value)) return null;
  return { spec: value.spec as AnySpec, raw: value.raw === true };
};

/** The operations of a route module: what it exports by method, apart from refusals, preflights and `HEAD` as `GET`. */
export const entriesOf = (file: string, module: Readonly<Record<string, unknown>>): RouteEntry[] =>
  methods.flatMap((method) => {
    const handler = handlerOf(module[method]);
    const repeats = method === "HEAD" && module.HEAD === module.GET;
    if (handler === null || handler.spec.openapi === "none" || repeats) return [];
    return [{ ...pathOfFile(file), method, ...handler }];
  });

/** Names of methods that a route module answers without a spec; there may be none. */
export const methodsWithoutSpec = (module: Readonly<Record<string, unknown>>): string[] =>
  methods.filter((method) => module[method] !== undefined && handlerOf(module[method]) === null);
