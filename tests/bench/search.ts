import { setTimeout as delay } from "node:timers/promises";
import { withBenchSite } from "#tests/bench/bench-site.ts";
import { corpusPeople } from "#tests/bench/corpus-lines.ts";
import { keptFolder, startCorpus } from "#tests/bench/corpus-server.ts";
import { plainClient } from "#tests/bench/plain-client.ts";
import { corpusId, makeQueries, makeWords, seeded, zipf } from "#tests/bench/search-corpus.ts";
import { sequentialScans } from "#tests/bench/sequential-scans.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";

/**
 * `npm run bench search 20000` takes a quick look; the bars hold for a million. With `--data=<folder>` the filled database is
 * kept there and used again.
 */
const asked = process.argv.map(Number).find((number) => Number.isInteger(number) && number > 0);
const videos = asked ?? 1_000_000;
const api = "/api/v1";
const size = { videos, words: Math.min(300_000, videos * 2), cuesPerVideo: 10 };
const seconds = 60;
/** Searches a second, and suggestions beside them: people type more than they search. */
const rates = { search: 80, suggest: 80 };

type Client = ReturnType<typeof plainClient>;

/** Milliseconds until an answer was read. */
const timeOf = async (url: string, client: Client): Promise<number> => {
  const started = performance.now();
  const status = await client.ask(url);
  if (status !== 200) throw new Error(`GET ${url}: ${status}`);
  return performance.now() - started;
};

const percentile = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

/** Asks at a fixed rate, whether earlier answers have come or not. */
const atRate = async (input: { urls: readonly string[]; client: Client; perSecond: number }): Promise<number[]> => {
  const { urls, client, perSecond } = input;
  const started = performance.now();
  const asked: Promise<number>[] = [];
  for (let at = 0; at < seconds * perSecond; at += 1) {
    const due = started + (at * 1000) / perSecond;
    await delay(Math.max(0, due - performance.now()));
    asked.push(timeOf(urls[at % urls.length] ?? "", client));
  }
  return Promise.all(asked);
};

/** Asks on ten connections without a pause, for half the time unless told. */
const withoutPause = async (urls: readonly string[], client: Client, part = 0.5): Promise<number[]> => {
  const until = performance.now() + seconds * 1000 * part;
  const times: number[] = [];
  let next = 0;
  const person = async () => {
    while (performance.now() < until) {
      next += 1;
      times.push(await timeOf(urls[next % urls.length] ?? "", client));
    }
  };
  await Promise.all(Array.from({ length: 10 }, person));
  return times;
};

const row = (what: string, times: readonly number[], bar: number): BenchRow => {
  const p95 = percentile(times, 0.95);
  const value = `p50 ${percentile(times, 0.5).toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
  return { what, value: `${value} (${times.length})`, bar: `p95 ${bar} ms`, ok: p95 <= bar };
};

/** Of how many channels and videos data is asked by turns; strangers share what is asked again within seconds. */
const often = 500;
/** So many that none comes again while it would be remembered. */
const seldom = 20_000;

/** What pages are made of, by the page; the best known videos more often. */
const dataOf = (): Record<string, string[]> => {
  const random = seeded(3);
  const rank = zipf(size.videos);
  const channels = Array.from({ length: often }, () => `bench-${Math.floor(random() * corpusPeople.channels)}`);
  const videos = Array.from({ length: often }, () => `${api}/videos/${corpusId(3, rank(random()))}`);
  return {
    home: [`${api}/videos?limit=24`, `${api}/videos?limit=24&sort=trending`],
    channel: channels.flatMap((handle) => [
      `${api}/channels/${handle}`,
      `${api}/videos?limit=24&channel=${handle}`,
      `${api}/videos?limit=24&channel=${handle}&sort=popular`,
    ]),
    watch: videos.flatMap(watchData),
  };
};

const watchData = (video: string): string[] => [video, `${video}/related`, `${video}/comments`, `${video}/like`];

/** The same of ever others, so that nobody shares. There are not so many channels; their lists are of other lengths then. */
const everOthers = (): Record<string, string[]> => {
  const { channels } = corpusPeople;
  const lists = Array.from({ length: seldom }, (_, at) => {
    const list = `${api}/videos?limit=${15 + Math.floor(at / channels)}&channel=bench-${at % channels}`;
    return at % 2 === 0 ? list : `${list}&sort=popular`;
  });
  const videos = Array.from({ length: seldom }, (_, at) => `${api}/videos/${corpusId(3, at % size.videos)}`);
  return { "lists of channels": lists, "watch pages": videos.flatMap(watchData) };
};

const dataRows = async (client: Client): Promise<BenchRow[]> => {
  const rows: BenchRow[] = [];
  for (const [page, urls] of Object.entries(dataOf())) {
    await withoutPause(urls, client, 0.1);
    rows.push(row(`data of the ${page} page, ten clients without a pause`, await withoutPause(urls, client, 0.25), 20));
  }
  for (const [what, urls] of Object.entries(everOthers())) {
    const times = await withoutPause(urls, client, 0.25);
    rows.push({ ...row(`data of ever other ${what}`, times, 20), bar: "none, told beside", ok: true });
  }
  return rows;
};

/** What the site read whole of large tables while it was measured. */
const scanRow = async (databaseUrl: string, before: ReadonlyMap<string, number>): Promise<BenchRow> => {
  const scans = [...(await sequentialScans(databaseUrl))].flatMap(([table, count]) => {
    const more = count - (before.get(table) ?? 0);
    return more === 0 ? [] : [`${table} ${more}`];
  });
  return {
    what: `large tables (${before.size}) read from one end to the other meanwhile`,
    value: scans.length === 0 ? "none" : scans.join(", "),
    bar: "none",
    ok: scans.length === 0,
  };
};

const measure = async (url: string): Promise<BenchRow[]> => {
  const queries = makeQueries({ ...size, names: makeWords(size.words), count: 5000 });
  const client = plainClient(url);
  const searches = queries.map((q) => `${api}/search?${new URLSearchParams({ q })}`);
  const typed = queries.map((q) => `${api}/search/suggest?${new URLSearchParams({ q: q.slice(0, 5) })}`);
  try {
    await withoutPause(searches.slice(0, 500), client);
    const steady = await atRate({ urls: searches, client, perSecond: rates.search });
    const hard = await withoutPause(searches, client);
    const [beside] = await Promise.all([
      atRate({ urls: typed, client, perSecond: rates.suggest }),
      atRate({ urls: searches, client, perSecond: rates.search }),
    ]);
    return [
      row(`search, ${rates.search} a second, ${size.videos} videos`, steady, 40),
      row("search, ten clients without a pause", hard, 80),
      row(`suggestions, ${rates.suggest} a second beside as many searches`, beside, 20),
      ...(await dataRows(client)),
    ];
  } finally {
    client.close();
  }
};

/** The name by which `npm run bench` finds it. */
export const name = "search";

/** Searches and suggestions over a made-up corpus, through the site's own API. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const { databaseUrl, stop } = await startCorpus({ folder: keptFolder(), size, say: (line) => console.log(line) });
  try {
    const before = await sequentialScans(databaseUrl);
    const options = { databaseUrl, env: { RATE_LIMITS: "off" } };
    const rows = await withBenchSite(({ url }) => measure(url), options);
    // The site's connections have ended and told what they did.
    return { rows: [...rows, await scanRow(databaseUrl, before)] };
  } finally {
    await stop();
  }
};
