import { createSocket } from "node:dgram";

/** A name server on 127.0.0.1 that gives each question for an IPv4 address the next of its answers, the last one for ever. */
export type NameServer = { port: number; asked: () => number; stop: () => Promise<void> };

const typeA = 1;

/** The answer to a question (RFC 1035, section 4.1): one A record without a life of its own, or none. */
const reply = (question: Buffer, address: string | null): Buffer => {
  // The question ends with the root's empty label, a type and a class.
  const end = question.indexOf(0, 12) + 5;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(address === null ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  const parts = [header, question.subarray(12, end)];
  if (address !== null) {
    const record = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]);
    parts.push(record);
  }
  return Buffer.concat(parts);
};

/** Starts a name server. The caller stops it. */
export const startNameServer = async (answers: readonly string[]): Promise<NameServer> => {
  let asked = 0;
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
    const address = type === typeA ? (answers[Math.min(asked, answers.length - 1)] ?? null) : null;
    if (type === typeA) asked += 1;
    socket.send(reply(question, address), from.port, from.address);
  });
  const bound = Promise.withResolvers<void>();
  socket.bind(0, "127.0.0.1", bound.resolve);
  await bound.promise;
  return {
    port: socket.address().port,
    asked: () => asked,
    stop: async () => {
      const closed = Promise.withResolvers<void>();
      socket.close(() => closed.resolve());
      await closed.promise;
    },
  };
};
