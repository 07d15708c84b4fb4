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

type Pair = { what: string; ours: string; bare: string; bar: number };

/** Our rate as a part of the bare handler's, by short turns of both. */
const compare = async ({ what, ours, bare, bar }: Pair): Promise<BenchRow> => {
  const rate = async (url: string) => (await load({ url, clients, seconds })).requestsPerSecond;
  for (const url of [ours, bare]) await rate(url);
  const pairs: { own: number; bareRate: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) pairs.push({ own: await rate(ours), bareRate: await rate(bare) });
  const ratio = median(pairs.map(({ own, bareRate }) => own / bareRate));
  const rates = [pairs.map(({ own }) => own), pairs.map(({ bareRate }) => bareRate)].map((all) =>
    median(all).toFixed(0),
  );
  return {
    what: `${what} (${rates.join(" against ")} answers/s)`,
    value: ratio.toFixed(2),
    bar: `at least ${bar}`,
    ok: ratio >= bar,
  };
};

/** The name by which `npm run bench` finds it. */
export const name = "reads";

/** Lists and searches by ten clients, against a bare route handler of Next that answers with the same bytes. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const { databaseUrl, stop } = await startCorpus({ folder: null, size, say: () => undefined });
  try {
    const [query = ""] = makeQueries({ ...size, names: makeWords(size.words), count: 1 });
    return await withBenchSite(
      async ({ url }) => {
        const list = `${url}/api/v1/videos?limit=20`;
        const search = `${url}/api/v1/search?${new URLSearchParams({ q: query })}`;
        const answers = { list: await fetchBytes(list), search: await fetchBytes(search) };
        return withBareNext(answers, async (bare) => ({
          rows: [
            await compare({ what: "a list of 20 videos, ten clients", ours: list, bare: `${bare}/list`, bar: 0.6 }),
            await compare({
              ...{ what: `a search in ${size.videos} videos, ten clients`, ours: search },
              ...{ bare: `${bare}/search`, bar: 0.3 },
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
