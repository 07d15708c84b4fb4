import { createTransport } from "nodemailer";

/** A mail on its way out. */
export type OutgoingMail = {
  id: string;
  toAddress: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string | null;
};

/**
 * What became of an attempt. `refused`: the server will never take this mail for this address; `later`: it may another
 * time, or our settings are wrong, which an operator can mend meanwhile.
 */
export type SendOutcome = { outcome: "sent" } | { outcome: "refused" | "later"; error: string };

const connectMs = 15_000;
/** A server that says nothing for so long is given up on (RFC 5321, 4.5.3.2 allows it minutes; the queue's lane has other work). */
const silenceMs = 60_000;
const longestError = 1000;

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127\./.test(host);

/** A password goes over an unencrypted line only to this machine, or where the address says so (`?requireTLS=false`). */
const needsTls = (url: URL) => url.protocol === "smtp:" && url.password !== "" && !isLoopback(url.hostname);

const transportOf = (address: string) => {
  const url = new URL(address);
  const mayAsk = url.searchParams.has("requireTLS") ? {} : { requireTLS: needsTls(url) };
  return createTransport({
    url: address,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...mayAsk,
  });
};

const domainOf = (from: string) => /@([^\s<>]+?)>?$/.exec(from)?.[1] ?? "localhost";

/** RFC 8058: one click in the mail program switches this kind off; RFC 3834: nobody's holiday notice answers. */
const headersOf = (unsubscribeUrl: string | null): Record<string, string> => ({
  "Auto-Submitted": "auto-generated",
  ...(unsubscribeUrl === null
    ? {}
    : { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
});

type SmtpFault = { code: string; command: string; status: number; text: string };

const faultOf = (error: unknown): SmtpFault => {
  const known = error instanceof Error ? error : new Error(String(error));
  const field = (name: string): unknown => Reflect.get(known, name);
  const [code, command, status] = [field("code"), field("command"), field("responseCode")];
  return {
    code: typeof code === "string" ? code : "",
    command: typeof command === "string" ? command : "",
    status: typeof status === "number" ? status : 0,
    text: known.message.slice(0, longestError),
  };
};

/**
 * Only a lasting answer (5xx) about this receiver or this very message is final. One about our own name, password or sender
 * would fail every mail there is, and an operator can mend it.
 */
const isFinal = ({ code, command, status }: SmtpFault) =>
  status >= 500 && status < 600 && (command === "RCPT TO" || (command === "DATA" && code === "EMESSAGE"));

/**
 * Gives one mail to the SMTP server over a connection of its own. The Message-ID follows from the mail's id, so that a mail
 * that had to be given twice can be told for one. Never throws for what the server says or fails to say.
 */
export const sendBySmtp = async (smtp: { url: string; from: string }, mail: OutgoingMail): Promise<SendOutcome> => {
  const transport = transportOf(smtp.url);
  try {
    await transport.sendMail({
      from: smtp.from,
      // As an object it is one address whatever signs it has, never a list.
      to: { name: "", address: mail.toAddress },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<${mail.id}@${domainOf(smtp.from)}>`,
      headers: headersOf(mail.unsubscribeUrl),
    });
    return { outcome: "sent" };
  } catch (error) {
    const fault = faultOf(error);
    return { outcome: isFinal(fault) ? "refused" : "later", error: fault.text };
  } finally {
    transport.close();
  }
};
