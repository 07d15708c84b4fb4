import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail as the server took it. */
export type ReceivedMail = {
  from: string;
  to: string[];
  /** By lower-case name, unfolded. */
  headers: Record<string, string>;
  text: string;
  html: string;
};

const decode = (body: string, encoding: string | undefined): string => {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const joined = body.replaceAll(/=\r?\n/g, "");
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
};

/** Encoded words of a header (RFC 2047). */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
      kind.toLowerCase() === "b" ? decode(body, "base64") : decode(body.replaceAll("_", " "), "quoted-printable"),
    );

const parsePart = (part: string) => {
  const at = part.search(/\r?\n\r?\n/);
  const head = part.slice(0, at).replaceAll(/\r?\n[ \t]+/g, " ");
  const headers = Object.fromEntries(
    head.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), decodeWords(value)]];
    }),
  );
  return { headers, body: part.slice(at).replace(/^(\r?\n){2}/, "") };
};

const parseMail = (source: string) => {
  const { headers, body } = parsePart(source);
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1] ?? "none";
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => parsePart(part.replace(/^\r?\n/, "")));
  const textOf = (type: string) => {
    const part = parts.find((one) => one.headers["content-type"]?.startsWith(type));
    return part === undefined ? "" : decode(part.body, part.headers["content-transfer-encoding"]);
  };
  return { headers, text: textOf("text/plain"), html: textOf("text/html") };
};

/** What a test's server refuses: a receiver or a message, with this SMTP status. */
export type MailFaults = { rcpt?: number; data?: number };

/** A real SMTP server on loopback that keeps what it takes. `faults` may be changed while it runs. */
export const startMailServer = async ({ port = 0 }: { port?: number } = {}) => {
  const received: ReceivedMail[] = [];
  const faults: MailFaults = {};
  const refusal = (status: number) => Object.assign(new Error("refused by the test"), { responseCode: status });
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_address, _session, done) => done(faults.rcpt === undefined ? null : refusal(faults.rcpt)),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (faults.data !== undefined) return done(refusal(faults.data));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        received.push({ from, to, ...parseMail(Buffer.concat(parts).toString("utf8")) });
        done();
      });
    },
  });
  const listening = Promise.withResolvers<void>();
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const { port: given } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${given}`,
    port: given,
    received,
    faults,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
};
