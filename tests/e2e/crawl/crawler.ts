import { extractAddresses } from "#tests/e2e/crawl/extract-addresses.ts";

/** What a stranger was given at one address. */
export type Answer = {
  /** Path and query. */
  path: string;
  status: number;
  type: string;
  /** Headers and body; the body byte by byte where it is no text. */
  text: string;
};

/** Addresses of one path that differ in their questions alone: filters of lists combine without an end. */
const mostQueries = 5;
const mostAnswers = 2000;
const atOnce = 6;

const textTypes = /json|text|xml|mpegurl|javascript|event-stream/;

/** The first piece of a stream that has no end; everything of an answer that has one. */
const bodyOf = async (response: Response, type: string): Promise<string> => {
  if (!type.startsWith("text/event-stream")) {
    const bytes = Buffer.from(await response.arrayBuffer());
    return bytes.toString(textTypes.test(type) ? "utf8" : "latin1");
  }
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return Buffer.from(first?.value ?? []).toString("utf8");
};

const closedCodes: readonly unknown[] = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

/** A kept connection may be closed as it is used again; what is only asked for may be asked for again (RFC 9110, 9.2.2). */
const getAgain = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init).catch((error: unknown) => {
    const cause = error instanceof TypeError ? error.cause : null;
    if (cause instanceof Error && "code" in cause && closedCodes.includes(cause.code)) return fetch(url, init);
    throw error;
  });

/** Asks for one address as a stranger: no cookie, no token, no redirect followed. */
export const askAsStranger = async (origin: string, path: string, headers = {}): Promise<Answer> => {
  const response = await getAgain(origin + path, { redirect: "manual", headers });
  const type = response.headers.get("content-type") ?? "";
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  return { path, status: response.status, type, text: `${head}\n\n${await bodyOf(response, type)}` };
};

/** Script and style files have nothing of any video, nor has the API's documentation; the door for log-ins only asks for log-ins. */
const isWorthAsking = (path: string): boolean =>
  !/^\/(?:_next\/|api\/auth\/|docs\/api\/)/.test(path) && path.length < 1500;

/**
 * Follows every address that is named in any answer, from `seeds` on, each once, to its end. Throws when there is no end, or
 * when the site answers with a fault of its own.
 */
export const crawl = async ({ origin, seeds }: { origin: string; seeds: readonly string[] }): Promise<Answer[]> => {
  const waiting: string[] = [];
  const known = new Set<string>();
  const queries = new Map<string, number>();
  const answers: Answer[] = [];
  const add = (path: string, isSeed: boolean) => {
    if (known.has(path) || !isWorthAsking(path)) return;
    const [page = ""] = path.split("?");
    const asked = queries.get(page) ?? 0;
    if (!isSeed && asked >= mostQueries) return;
    queries.set(page, asked + 1);
    known.add(path);
    waiting.push(path);
  };
  for (const seed of seeds) add(seed, true);
  const follow = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await askAsStranger(origin, path);
      if (answer.status >= 500) throw new Error(`${path} answers ${answer.status}: ${answer.text.slice(0, 500)}`);
      answers.push(answer);
      if (answers.length > mostAnswers) throw new Error(`The crawl finds no end; it is at ${path}.`);
      for (const found of extractAddresses({ origin, ...answer })) add(found, false);
    }
  };
  // Who finds nothing waiting ends; as long as one goes on, a new round begins after it.
  while (waiting.length > 0) await Promise.all(Array.from({ length: atOnce }, follow));
  return answers;
};

/** Asks for each of these addresses, and follows nothing. */
export const askEach = async ({ origin, paths }: { origin: string; paths: readonly string[] }): Promise<Answer[]> => {
  const waiting = [...paths];
  const answers: Answer[] = [];
  const ask = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      answers.push(await askAsStranger(origin, path));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return answers;
};
