import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";

/** Where and to whom the worker's metrics answer. */
export type MetricsServerOptions = {
  /** 0 switches it off. */
  port: number;
  /** Address to listen on when a token guards the metrics; without one only this machine is answered. */
  host: string;
  token: string | null;
  /** Whether the worker may go on. */
  isHealthy: () => boolean;
};

const digest = (text: string) => createHash("sha256").update(text).digest();

const isAllowed = (request: IncomingMessage, token: string | null) =>
  token === null || timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));

const answer = async (
  options: MetricsServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = (request.url ?? "/").split("?")[0];
  if (path === "/healthz") {
    const healthy = options.isHealthy();
    response.writeHead(healthy ? 200 : 503, { "content-type": "text/plain" }).end(healthy ? "ok\n" : "ending\n");
  } else if (path !== "/metrics") {
    response.writeHead(404).end();
  } else if (!isAllowed(request, options.token)) {
    response.writeHead(401, { "www-authenticate": "Bearer" }).end();
  } else {
    const { registry } = metrics();
    const text = await registry.metrics();
    response.writeHead(200, { "content-type": registry.contentType }).end(text);
  }
};

/**
 * Serves `/metrics` (Prometheus) and `/healthz` of this worker; null when switched off. The caller closes it. Throws when
 * the port is taken.
 */
export const startMetricsServer = async (options: MetricsServerOptions): Promise<Server | null> => {
  if (options.port === 0) return null;
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      log().error({ "event.action": "metrics.failed", err: error }, "metrics could not be told");
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.token === null ? "127.0.0.1" : options.host, resolve);
  });
  // Metrics must not keep a stopping worker alive.
  server.unref();
  return server;
};
