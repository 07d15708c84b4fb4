import { withBareNext } from "#tests/bench/bare-next.ts";
import { withBenchSite } from "#tests/bench/bench-site.ts";
import { startCorpus } from "#tests/bench/corpus-server.ts";
import { load } from "#tests/bench/load.ts";
import { makeQueries, makeWords } from "#tests/bench/search-corpus.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";

const size = { videos: 10_000, words: 20_000, cuesPerVideo: 10 };
const clients = 10;
const seconds = 4;
const turns = 5;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const fetchBytes = async (url: string): Promise<Uint8Array> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** `aim`: answers a second that we would like to give; told beside, because machines differ. */
type Pair = { what: string; ours: readonly string[]; bare: string; bar: number | null; aim: number };

/** What PeerTube 7.2.3 answers on two cores, ten clients: the better of its figures, and how often as many are our aim. */
const peer = { list: 320, search: 232 };
const timesPeer = 3;

/** Our rate as a part of the bare handler's, by short turns of both. */
const compare = async ({ what, ours, bare, bar, aim }: Pair): Promise<BenchRow> => {
  const rate = async (urls: readonly string[]) => (await load({ urls, clients, seconds })).requestsPerSecond;
  for (const urls of [ours, [bare]]) await rate(urls);
  const pairs: { own: number; bareRate: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) pairs.push({ own: await rate(ours), bareRate: await rate([bare]) });
  const ratio = median(pairs.map(({ own, bareRate }) => own / bareRate));
  const own = median(pairs.map((pair) => pair.own));
  const bareRate = median(pairs.map((pair) => pair.bareRate));
  const rates = `${own.toFixed(0)} against ${bareRate.toFixed(0)} answers/s; ${(own / aim).toFixed(2)} of the aim, ${aim}`;
  return {
    what: `${what} (${rates})`,
    value: ratio.toFixed(2),
    bar: bar === null ? "told beside" : `at least ${bar}`,
    ok: bar === null || ratio >= bar,
  };
};

/** The name by which `npm run bench` finds it. */
export const name = "reads";

/** Lists and searches by ten clients, against a bare route handler of Next that answers with the same bytes. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const { databaseUrl, stop } = await startCorpus({ folder: null, size, say: () => undefined });
  try {
    const queries = makeQueries({ ...size, names: makeWords(size.words), count: 2000 });
    return await withBenchSite(
      async ({ url }) => {
        const list = `${url}/api/v1/videos?limit=20`;
        const searches = queries.map((q) => `${url}/api/v1/search?${new URLSearchParams({ q })}`);
        const [search = ""] = searches;
        const answers = { list: await fetchBytes(list), search: await fetchBytes(search) };
        return withBareNext(answers, async (bare) => ({
          rows: [
            await compare({
              ...{ what: "a list of 20 videos, ten clients", ours: [list] },
              ...{ bare: `${bare}/list`, bar: 0.6, aim: timesPeer * peer.list },
            }),
            await compare({
              ...{ what: `a search in ${size.videos} videos, ten clients`, ours: [search] },
              ...{ bare: `${bare}/search`, bar: 0.3, aim: timesPeer * peer.search },
            }),
            // Nothing is shared between these, as it is between those who ask for the same.
            await compare({
              ...{ what: `ever other searches in ${size.videos} videos, ten clients`, ours: searches },
              ...{ bare: `${bare}/search`, bar: null, aim: timesPeer * peer.search },
            }),
          ],
        }));
      },
      { databaseUrl, env: { RATE_LIMITS: "off" } },
    );
  } finally {
    await stop();
  }
};
