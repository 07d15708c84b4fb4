import { AsyncLocalStorage } from "node:async_hooks";
import pino, { type Logger } from "pino";
import { env } from "#lib/env.ts";

/** Facts that every log line of one request or job carries. */
export type LogContext = {
  requestId: string;
  /** Of a request: who sent it. For the audit log; lines leave it out but for the access line, which names it itself. */
  clientAddress?: string;
  [field: string]: string | number | undefined;
};

type LogGlobals = { kinoraLog?: Logger; kinoraLogContext?: AsyncLocalStorage<LogContext> };
// Next bundles pages, routes and instrumentation apart; only globalThis is shared between them.
const globals = globalThis as typeof globalThis & LogGlobals;

const context = (): AsyncLocalStorage<LogContext> => {
  globals.kinoraLogContext ??= new AsyncLocalStorage<LogContext>();
  return globals.kinoraLogContext;
};

const secretPaths = [
  "password",
  "token",
  "accessToken",
  "refreshToken",
  "cookie",
  "authorization",
  "secret",
  "signature",
];

/** The texts in which drizzle and PostgreSQL repeat the values of a failed query: e-mails, password hashes, sealed keys. */
const valuesIn = (error: Error): string[] => {
  const own = "params" in error ? [`params: ${String(error.params)}`] : [];
  return error.cause instanceof Error ? [...own, ...valuesIn(error.cause)] : own;
};

/** Takes the values of an error's failed queries out of a text made of it. */
export const withoutValues = (error: Error, text: string): string =>
  valuesIn(error).reduce((rest, values) => rest.replaceAll(values, ""), text);

/** An error as the log shows it: type, message and stack with their causes, without the values of failed queries. */
export const serializeError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { params: _params, detail: _detail, ...shown } = pino.stdSerializers.err(error);
  return { ...shown, message: withoutValues(error, shown.message), stack: withoutValues(error, shown.stack) };
};

const createLogger = (): Logger =>
  pino({
    level: env().logLevel,
    base: { "service.name": "kinora", "process.pid": process.pid },
    messageKey: "message",
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ "log.level": label }) },
    redact: { paths: secretPaths.flatMap((name) => [name, `*.${name}`]), remove: true },
    serializers: { err: serializeError },
    mixin: () => {
      const { clientAddress: _clientAddress, ...fields } = context().getStore() ?? {};
      return fields;
    },
  });

/**
 * The process's logger: one JSON object per line with ECS field names. Call as `log().info({ "event.action": "run.started",
 * runId }, "run started")`: a stable event name plus fields, never tokens, cookies or signed addresses.
 */
export const log = (): Logger => {
  globals.kinoraLog ??= createLogger();
  return globals.kinoraLog;
};

/** Runs `work` so that every line logged inside carries `fields`. */
export const withLogContext = <T>(fields: LogContext, work: () => T): T => context().run(fields, work);

/** Address of whoever sent the request this code runs for, as trusted proxies give it; null in jobs and outside of requests. */
export const currentClientAddress = (): string | null => context().getStore()?.clientAddress ?? null;

/** The id of the request or job this code runs for, or null outside of one. Job payloads carry it on. */
export const currentRequestId = (): string | null => context().getStore()?.requestId ?? null;
