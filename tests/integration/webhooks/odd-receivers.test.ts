import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { postEvent } from "#lib/webhooks/post-event.ts";

const endings: (() => void)[] = [];
beforeEach(() => overrideEnv({ WEBHOOK_PRIVATE_TARGETS: "allow" }));
afterEach(() => {
  for (const end of endings.splice(0)) end();
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: undefined });
});

/** Posts to a receiver that answers what it likes, and tells what came of it. */
const postTo = async (answer: (socket: Socket) => void): Promise<string | null> => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined).once("data", () => answer(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const signal = new AbortController().signal;
  const input = { url: `http://127.0.0.1:${port}/`, body: "{}", headers: {}, signal, timeoutMs: 400 };
  return (await postEvent(input)).lastError;
};

const repeat = (socket: Socket, text: string): void => {
  const timer = setInterval(() => socket.write(text), 5);
  socket.once("close", () => clearInterval(timer));
};

// Each of them would otherwise keep one of the few places in which mails and webhooks are sent.
test.each<[string, string, (socket: Socket) => void]>([
  [
    "changes to another protocol",
    "connection",
    (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
  ],
  ["goes on promising an answer", "timeout", (socket) => repeat(socket, "HTTP/1.1 102 Processing\r\n\r\n")],
  ["never ends its answer", "timeout", (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")],
  ["speaks something else", "connection", (socket) => socket.write("SSH-2.0-OpenSSH_9.9\r\n")],
  ["breaks off", "connection_reset", (socket) => socket.resetAndDestroy()],
])(
  "an attempt ends in time at a receiver that %s",
  async (_, fault, answer) => {
    expect(await postTo(answer)).toBe(fault);
  },
  3_000,
);
