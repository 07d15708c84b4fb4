import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { AttemptOutcome } from "#lib/db/queries/notifications/webhook-deliveries.ts";
import { type ResolveName, resolveTarget, TargetRefused } from "#lib/webhooks/target.ts";

/** Milliseconds that an attempt may take in all, from the look-up of the name to the last byte read. */
const wholeMs = 10_000;
/** Bytes of an answer that are read, and characters of it that are kept. */
const readBytes = 64 * 1024;
const keptBytes = 1_000;

/** One attempt. */
export type PostEvent = {
  url: string;
  body: string;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** How names are looked up, where not as usual. */
  resolve?: ResolveName | undefined;
  /** Milliseconds in all; ten seconds unless told otherwise. */
  timeoutMs?: number | undefined;
};

/** Connects to the addresses that were checked and to no others, whatever the name has become meanwhile. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, options, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (options.all === true) callback(null, found);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };

const answerOf = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", reject);
    // After 101 Node hands the connection over, or without anybody to take it drops it and says nothing at all.
    request.once("upgrade", (_response, socket) => {
      socket.destroy();
      reject(new Error("the receiver changed to another protocol"));
    });
  });

// PostgreSQL holds no zero byte in a text, and a log shows no control characters.
const printable = (bytes: Buffer): string =>
  bytes
    .subarray(0, keptBytes)
    .toString("utf8")
    .replace(/[^\P{Cc}\n\t]/gu, "");

/** Reads at most `readBytes` of an answer and gives its beginning. What comes after is not waited for. */
const beginningOf = async (response: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
    if (length >= readBytes) break;
  }
  return printable(Buffer.concat(parts));
};

const send = async ({
  body,
  headers,
  ...input
}: PostEvent): Promise<Pick<AttemptOutcome, "lastStatus" | "lastAnswer">> => {
  const { url, addresses } = await resolveTarget(input);
  const start = url.protocol === "https:" ? httpsRequest : httpRequest;
  const request = start(url, {
    method: "POST",
    // No connection is kept: the next attempt looks the name up and checks it anew.
    agent: false,
    lookup: pinned(addresses),
    signal: input.signal,
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
  });
  try {
    const answered = answerOf(request);
    request.end(body);
    const response = await answered;
    return { lastStatus: response.statusCode ?? null, lastAnswer: await beginningOf(response) };
  } finally {
    request.destroy();
    // A connection that breaks after the answer is of no interest any more.
    request.on("error", () => undefined);
  }
};

const statusFault = (status: number | null): string | null => {
  if (status === null) return "connection";
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? "redirect" : "status";
};

const systemFaults: Record<string, string> = {
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
};

const certificateFault = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/;

/** Name of what went wrong; a key of the `webhooks` messages. */
const faultOf = (error: unknown): string => {
  if (error instanceof TargetRefused) return `target_${error.fault}`;
  if (error instanceof AggregateError) return faultOf(error.errors[0]);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return systemFaults[code] ?? (certificateFault.test(code) ? "certificate" : "connection");
};

/**
 * Sends an event once. Only a status of 2xx counts as delivered; redirects are not followed, because they would lead past
 * the check of the target. What the receiver does is an outcome, never an error; throws only when `signal` aborts.
 */
export const postEvent = async (input: PostEvent): Promise<AttemptOutcome> => {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(input.timeoutMs ?? wholeMs);
  const outcome = (facts: Omit<AttemptOutcome, "lastDurationMs">): AttemptOutcome => ({
    ...facts,
    lastDurationMs: Math.round(performance.now() - startedAt),
  });
  try {
    const answer = await send({ ...input, signal: AbortSignal.any([input.signal, timeout]) });
    return outcome({ ...answer, lastError: statusFault(answer.lastStatus) });
  } catch (error) {
    input.signal.throwIfAborted();
    const lastError = timeout.aborted ? "timeout" : faultOf(error);
    return outcome({ lastStatus: null, lastAnswer: null, lastError });
  }
};
