import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Client, Errors } from "typesense";
import { AppError } from "#lib/errors.ts";

/** The search server: addresses of its nodes without a slash at the end, its key, and how the names of our collections begin. */
export type TypesenseSettings = { nodes: readonly string[]; apiKey: string; prefix: string };

/** How long the server may take, in milliseconds. */
export const typesenseTimes = {
  /** For all that one search, suggestion or list of related videos asks, so that PostgreSQL still answers within 2 seconds. */
  answer: 900,
  health: 700,
  /** For one write; imports are cut so that they take far less. */
  write: 10_000,
} as const;

/** A client whose every request takes so long at most, tried on each node once. */
export const makeClient = ({ nodes, apiKey }: TypesenseSettings, timeMs: number): Client =>
  new Client({
    nodes: nodes.map((url) => ({ url })),
    apiKey,
    connectionTimeoutSeconds: timeMs / nodes.length / 1000,
    numRetries: nodes.length - 1,
    retryIntervalSeconds: 0.01,
    healthcheckIntervalSeconds: 15,
    // Its own lines would go to the console past our log, with addresses in them.
    logLevel: "silent",
    sendApiKeyAsQueryParam: false,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 32 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 32 }),
  });

/** Nothing of a fault's request is kept: it holds the key and what people searched for. */
const reasonOf = (error: unknown): Error => {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(message.slice(0, 500));
};

const isRefusal = (error: unknown): boolean =>
  error instanceof Errors.RequestMalformed ||
  error instanceof Errors.ObjectUnprocessable ||
  error instanceof Errors.ImportError;

const toFault = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  if (error instanceof Errors.ObjectNotFound) {
    return new AppError("gone", { message: "The search server has no such index.", cause: reasonOf(error) });
  }
  if (isRefusal(error)) return new Error("The search server refused a request.", { cause: reasonOf(error) });
  return new AppError("unavailable", { message: "The search server does not answer.", cause: reasonOf(error) });
};

/**
 * Does `work` with the server within a time: its signal ends requests that can be ended. Throws `AppError` `unavailable` when
 * the server cannot be reached, fails or takes longer, `gone` for a collection that is not there, and an `Error` for a request
 * that the server refuses.
 */
export const withinTime = async <T>(timeMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new AppError("unavailable", { message: `The search server took longer than ${timeMs} ms.` }));
      controller.abort();
    }, timeMs);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } catch (error) {
    throw toFault(error);
  } finally {
    clearTimeout(timer);
  }
};
