import { log } from "#lib/log.ts";
import { takeStreamPlace } from "#lib/web/streams/event-streams.ts";

/** Sends one event: its name and any JSON value. */
export type SendEvent = (event: { name: string; data: unknown }) => void;

/** What a stream of server-sent events does. */
export type EventStream = {
  /** Who it counts for: an account's id or an address. */
  subject: string;
  /** The request's own signal: the client went away. */
  clientSignal: AbortSignal;
  /** Begins the work behind the stream. Everything must stop with `signal`. */
  start: (input: { send: SendEvent; signal: AbortSignal }) => void;
  /**
   * Whether the session behind the stream still holds; asked when somebody says that it may not, and every ten seconds for
   * what nobody says (an expiry). `false` or a throw ends the stream.
   */
  stillAllowed: () => Promise<boolean>;
  /** Tells of changes in what the subject may do, until `signal`. */
  watchAccess?: (input: { onChange: () => void; signal: AbortSignal }) => void;
  /** For tests; 10 000 unless set. */
  checkEveryMs?: number;
};

const heartbeatMs = 15_000;
/** Bytes that may wait for a slow client; beyond it the stream ends, and the client comes back and reads anew. */
const mostWaitingBytes = 1024 * 1024;
/** Milliseconds after which a browser opens a broken stream again. */
const reconnectMs = 1_000;

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  // `no-transform` keeps `next start` from compressing, which would hold events back.
  "cache-control": "no-cache, no-transform",
  // nginx holds answers back too, unless told.
  "x-accel-buffering": "no",
};

const every = (ms: number, work: () => void, signal: AbortSignal) => {
  const timer = setInterval(work, ms);
  timer.unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
};

const endUnlessAllowed = async (stillAllowed: () => Promise<boolean>, end: () => void) => {
  try {
    if (!(await stillAllowed())) end();
  } catch (error) {
    log().debug({ "event.action": "stream.refused", err: error }, "an event stream lost its session");
    end();
  }
};

/**
 * Answers with server-sent events (HTML standard, 9.2). Ends when the client goes, the session ends, the client is too
 * slow, or the process stops. Throws `rate_limited` and `unavailable`; see `takeStreamPlace`.
 */
export const eventStreamResponse = (stream: EventStream): Response => {
  const ended = new AbortController();
  const end = () => ended.abort();
  const giveBack = takeStreamPlace({ subject: stream.subject, close: end });
  const encoder = new TextEncoder();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const write = (text: string) => {
          if (ended.signal.aborted) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < 0) end();
        };
        ended.signal.addEventListener(
          "abort",
          () => {
            giveBack();
            // After `cancel` the stream is closed already.
            if (!cancelled) controller.close();
          },
          { once: true },
        );
        write(`retry: ${reconnectMs}\n: connected\n\n`);
        every(heartbeatMs, () => write(": heartbeat\n\n"), ended.signal);
        const check = () => void endUnlessAllowed(stream.stillAllowed, end);
        every(stream.checkEveryMs ?? 10_000, check, ended.signal);
        stream.watchAccess?.({ onChange: check, signal: ended.signal });
        const send: SendEvent = ({ name, data }) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        stream.start({ send, signal: ended.signal });
      },
      cancel: () => {
        cancelled = true;
        end();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaitingBytes }),
  );
  if (stream.clientSignal.aborted) end();
  else stream.clientSignal.addEventListener("abort", end, { once: true });
  return new Response(body, { headers: streamHeaders });
};
