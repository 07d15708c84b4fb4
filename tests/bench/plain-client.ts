import { connect, type Socket } from "node:net";

/** Connections are left before a server ends them for being idle: Node's does so after five seconds. */
const mostIdleMs = 4_000;

const headEnd = Buffer.from("\r\n\r\n");

/** What is known of an answer by its head: its status and how many bytes follow. */
type Head = { status: number; bodyBytes: number };

const readHead = (head: string): Head => {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer that does not say how long it is: ${head.slice(0, 200)}`);
  return { status: Number(head.slice(9, 12)), bodyBytes: Number(length) };
};

type Connection = { socket: Socket; lastUsed: number; ask: (path: string) => Promise<number> };

const openConnection = (url: URL): Connection => {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  let waiting: PromiseWithResolvers<number> | null = null;
  let unread: Buffer = Buffer.alloc(0);
  let head: Head | null = null;
  let left = 0;
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on("error", fail).on("close", () => fail(new Error("the server ended the connection")));
  const take = (piece: Buffer): void => {
    if (head === null) {
      unread = unread.length === 0 ? piece : Buffer.concat([unread, piece]);
      const end = unread.indexOf(headEnd);
      if (end < 0) return;
      head = readHead(unread.toString("latin1", 0, end));
      left = head.bodyBytes - (unread.length - end - headEnd.length);
      unread = Buffer.alloc(0);
    } else {
      left -= piece.length;
    }
    if (left > 0) return;
    waiting?.resolve(head.status);
    [waiting, head] = [null, null];
  };
  socket.on("data", (piece) => {
    try {
      take(piece);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  const connection: Connection = {
    socket,
    lastUsed: performance.now(),
    ask: (path) => {
      waiting = Promise.withResolvers();
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
      return waiting.promise.finally(() => {
        connection.lastUsed = performance.now();
      });
    },
  };
  return connection;
};

/**
 * Asks a server for addresses, on as many connections as are needed at once, and reads answers without looking at them:
 * Node's own client takes as much of the processors as a quarter of what it measures. Gives the status; throws when the
 * connection ends before the answer, or the answer does not say how long it is.
 */
export const plainClient = (origin: string): { ask: (path: string) => Promise<number>; close: () => void } => {
  const url = new URL(origin);
  const all = new Set<Connection>();
  const free: Connection[] = [];
  const leave = (connection: Connection) => {
    all.delete(connection);
    connection.socket.removeAllListeners("close");
    connection.socket.destroy();
  };
  const takeFree = (): Connection => {
    for (let one = free.pop(); one !== undefined; one = free.pop()) {
      if (!one.socket.destroyed && performance.now() - one.lastUsed < mostIdleMs) return one;
      leave(one);
    }
    const opened = openConnection(url);
    all.add(opened);
    return opened;
  };
  return {
    ask: async (path) => {
      const connection = takeFree();
      const status = await connection.ask(path);
      free.push(connection);
      return status;
    },
    close: () => {
      for (const connection of [...all]) leave(connection);
    },
  };
};
