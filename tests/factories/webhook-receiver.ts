import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request as a receiver got it. */
export type Received = { body: string; headers: IncomingMessage["headers"]; path: string };

/** Answers a request, or leaves it hanging. */
export type Answer = (received: Received, response: ServerResponse) => void;

/** Somebody's program that is told of events. */
export type Receiver = { url: string; port: number; received: Received[]; stop: () => Promise<void> };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
};

/** A receiver that answers 204. */
export const accept: Answer = (_received, response) => {
  response.writeHead(204).end();
};

/** Starts a receiver on 127.0.0.1; `port` 0 takes a free one. The caller stops it. */
export const startReceiver = async ({
  answer = accept,
  port = 0,
}: {
  answer?: Answer;
  port?: number;
} = {}): Promise<Receiver> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        const one = { body, headers: request.headers, path: request.url ?? "" };
        received.push(one);
        answer(one, response);
      },
      () => response.destroy(),
    );
  });
  const listening = Promise.withResolvers<void>();
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${bound}/hook`,
    port: bound,
    received,
    stop: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
};
