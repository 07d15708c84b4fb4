import { setTimeout as delay } from "node:timers/promises";
import { benchAccount, withBenchSite } from "#tests/bench/bench-site.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";

const clients = 50;
const pages = 200;
const pauseMs = 20;
const bar = 3;

/** Milliseconds of asking for the home page and reading it to its end. */
const pageTime = async (url: string): Promise<number> => {
  const started = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`GET ${url}: ${response.status}`);
  return performance.now() - started;
};

const p95 = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;

/** One visitor who looks at a page, again and again. */
const visit = async (url: string): Promise<number[]> => {
  const times: number[] = [];
  for (let count = 0; count < pages; count += 1) {
    times.push(await pageTime(url));
    await delay(pauseMs);
  }
  return times;
};

/** Clients that log in without a pause until they are stopped. Gives how many log-ins there were. */
const logIn = (url: string) => {
  let [count, stopped] = [0, false];
  const client = async () => {
    while (!stopped) {
      const response = await fetch(`${url}/api/v1/auth/token`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(benchAccount),
      });
      if (!response.ok) throw new Error(`log-in: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
      count += 1;
    }
  };
  const all = Promise.all(Array.from({ length: clients }, client));
  return {
    stop: async () => {
      stopped = true;
      await all;
      return count;
    },
  };
};

const measure = async ({ url }: { url: string }): Promise<BenchRow> => {
  for (let count = 0; count < 30; count += 1) await pageTime(url);
  const idle = p95(await visit(url));
  const started = performance.now();
  const load = logIn(url);
  const busy = p95(await visit(url));
  const perSecond = (await load.stop()) / ((performance.now() - started) / 1000);
  const ratio = busy / idle;
  return {
    what: `p95 of the home page while ${clients} clients log in without a pause (${perSecond.toFixed(0)} log-ins/s; ${busy.toFixed(0)} ms), against idle (${idle.toFixed(0)} ms)`,
    value: ratio.toFixed(2),
    bar: `under ${bar}`,
    ok: ratio < bar,
  };
};

/** How a page fares while passwords are checked: their hashing must not take the site's processors. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  // The limits would stop such a crowd; what is asked here is how the site fares with those who are let in.
  const env = { RATE_LIMIT_WRITE: "1000000/10", RATE_LIMIT_ANONYMOUS_READ: "1000000/10" };
  return withBenchSite(async (site) => ({ rows: [await measure(site)] }), { env });
};

/** Name of this benchmark, as the runner lists it. */
export const name = "logins";
