import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BenchSite, withBenchSite } from "#tests/bench/bench-site.ts";
import { sendUpload, terminateUpload } from "#tests/bench/send-upload.ts";

/** One line of the table. */
export type BenchRow = { what: string; value: string; bar: string; ok: boolean };

const mebibyte = 1024 * 1024;
const chunkBytes = 16 * mebibyte;
const roundBytes = 512 * mebibyte;
const rounds = 5;
const largeBytes = 2048 * mebibyte;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const startBare = async (): Promise<{ endpoint: string; stop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-bare-tus-"));
  const child = fork(fileURLToPath(new URL("../setup/bare-tus-server.ts", import.meta.url)), [folder]);
  const [message] = (await once(child, "message")) as [{ port: number }];
  return {
    endpoint: `http://127.0.0.1:${message.port}/files`,
    stop: async () => {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Bytes a second of one upload that stays one byte short, so that no processing disturbs the next measurement. */
const throughput = async (endpoint: string, headers: Record<string, string>): Promise<number> => {
  const sent = await sendUpload({ endpoint, headers, sizeBytes: roundBytes + 1, chunkBytes, withheldBytes: 1 });
  await terminateUpload(sent.url, headers);
  return roundBytes / sent.seconds;
};

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const compare = async (site: BenchSite): Promise<BenchRow> => {
  const bare = await startBare();
  const endpoint = `${site.url}/api/v1/uploads`;
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    await throughput(endpoint, site.headers);
    await throughput(bare.endpoint, {});
    for (let round = 0; round < rounds; round += 1) {
      theirs.push(await throughput(bare.endpoint, {}));
      ours.push(await throughput(endpoint, site.headers));
    }
  } finally {
    await bare.stop();
  }
  const ratio = median(ours) / median(theirs);
  return {
    what: "tus throughput through the site, as part of @tus/server with its file store on bare Node",
    value: `${ratio.toFixed(2)} (${megabytes(median(ours))}/s against ${megabytes(median(theirs))}/s)`,
    bar: "at least 0.90",
    ok: ratio >= 0.9,
  };
};

const residentBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
};

const memoryOf = async (site: BenchSite, { pid, idle }: { pid: number; idle: number }): Promise<BenchRow[]> => {
  let peak = idle;
  const watch = setInterval(() => {
    residentBytes(pid).then(
      (now) => {
        peak = Math.max(peak, now);
      },
      () => clearInterval(watch),
    );
  }, 50);
  const endpoint = `${site.url}/api/v1/uploads`;
  const sent = await sendUpload({
    endpoint,
    headers: site.headers,
    sizeBytes: largeBytes,
    chunkBytes,
    withheldBytes: 0,
  });
  clearInterval(watch);
  const above = peak - idle;
  const bar = 100 * 1e6;
  return [
    {
      what: "peak memory of the web process above idle, 2 GiB upload",
      value: `${megabytes(above)} (idle ${megabytes(idle)})`,
      bar: "at most 100 MB",
      ok: above <= bar,
    },
    {
      what: "last PATCH of a 2 GiB upload, stored and run started",
      value: `${Math.round(sent.lastPatchSeconds * 1000)} ms`,
      bar: "at most 1000 ms",
      ok: sent.lastPatchSeconds <= 1,
    },
  ];
};

export const name = "uploads";

/** Measures uploads through the whole site. Both ends of the ratio run in turn on the same disk in the same minutes. */
export const run = (): Promise<{ rows: BenchRow[] }> =>
  withBenchSite(async (site) => {
    // Before any upload: a heap that has grown already would hide what uploads cost.
    const pid = await site.webPid();
    const idle = await residentBytes(pid);
    return { rows: [await compare(site), ...(await memoryOf(site, { pid, idle }))] };
  });
