import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { childEnvironment } from "#lib/env.ts";
import { browserTool, findProgram } from "#scripts/start/install-tools.ts";
import { runCommand } from "#scripts/start/run-command.ts";
import { type BenchSite, withBenchSite } from "#tests/bench/bench-site.ts";
import { bareFfmpeg } from "#tests/bench/long-clips.ts";
import { sendFile, untilVideo } from "#tests/bench/site-video.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";
import { launchBrowser } from "#tests/setup/browser.ts";

/** Fetched for the measurement alone: nothing of the product, its tests or its builds needs it. */
const lighthouse = "lighthouse@13.5.0";
const rounds = 5;
const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
const bar = 95;
const scriptBar = 200_000;

/** What was found is kept from search engines, so that its mark for them says nothing; the search page's own does. */
const resultsPage = "what was found";

const titles = ["A walk along the river", "Bread without a machine", "Piano for beginners", "Bees in the old orchard"];

const reportSchema = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ title: z.string(), score: z.number().nullable().optional() })),
});

type Report = z.output<typeof reportSchema>;
type Preset = "desktop" | "mobile";

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** One run of Lighthouse on a page, in a browser of its own. */
const look = async (input: { url: string; preset: Preset; folder: string }): Promise<Report> => {
  const { url, preset, folder } = input;
  const output = join(folder, "report.json");
  const chromium = (await findProgram(browserTool.programs)) ?? undefined;
  const flags = ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update"];
  const { code, stderr } = await runCommand({
    command: "npm",
    args: [
      ...["exec", "--yes", `--package=${lighthouse}`, "--", "lighthouse", url, "--quiet", "--output=json"],
      ...[`--output-path=${output}`, `--only-categories=${categories.join(",")}`, `--chrome-flags=${flags.join(" ")}`],
      ...(preset === "desktop" ? ["--preset=desktop"] : []),
    ],
    env: childEnvironment({ CHROME_PATH: chromium }),
  });
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}:\n${stderr}`);
  return reportSchema.parse(JSON.parse(await readFile(output, "utf8")));
};

/** The same, once more when the browser itself failed (a trace without its beginning, a page that never painted). */
const lookAgain = async (input: Parameters<typeof look>[0]): Promise<Report> => {
  try {
    return await look(input);
  } catch (error) {
    console.log(`once more: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`);
    return await look(input);
  }
};

const percent = (report: Report, category: string): number =>
  Math.round((report.categories[category]?.score ?? 0) * 100);

/** What a report holds against a page outside of speed. */
const faults = (report: Report): string[] =>
  Object.values(report.audits).flatMap(({ title, score }) => (score === 0 ? [title] : []));

const judged = (what: string, figures: readonly number[]): readonly number[] =>
  what === resultsPage ? figures.filter((_, at) => categories[at] !== "seo") : figures;

const rowOf = async (input: { what: string; url: string; preset: Preset; folder: string }): Promise<BenchRow> => {
  const { what, preset } = input;
  const reports: Report[] = [];
  for (let round = 0; round < (preset === "desktop" ? rounds : 1); round += 1) reports.push(await lookAgain(input));
  const figures = categories.map((category) => median(reports.map((report) => percent(report, category))));
  const last = reports.at(-1);
  if (last !== undefined) console.log(`${what}, ${preset}: ${faults(last).join("; ")}`);
  return {
    what: `Lighthouse on ${what}, ${preset}: ${categories.join(", ")}`,
    value: figures.join(", "),
    bar: preset === "mobile" ? "told beside" : `each${what === resultsPage ? " but seo" : ""} at least ${bar}`,
    ok: preset === "mobile" || judged(what, figures).every((figure) => figure >= bar),
  };
};

/** Compressed bytes of all scripts that the watch page loads before anybody presses play, but hls.js: that has a chunk of its own. */
const scriptRow = async (url: string): Promise<BenchRow> => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const scripts = new Map<string, string>();
    const sizes = new Map<string, number>();
    session.on("Network.responseReceived", ({ requestId, type, response }) => {
      if (type === "Script") scripts.set(requestId, response.url);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) sizes.set(requestId, encodedDataLength);
    });
    await page.goto(url, { waitUntil: "load" });
    await page.locator("video").waitFor();
    await page.waitForLoadState("networkidle");
    let [own, hls] = [0, 0];
    for (const [requestId, size] of sizes) {
      const { body } = await session.send("Network.getResponseBody", { requestId });
      if (body.includes("hlsManifestLoading")) hls += size;
      else own += size;
    }
    return {
      what: `script of the watch page, compressed (hls.js beside it: ${(hls / 1000).toFixed(0)} kB)`,
      value: `${(own / 1000).toFixed(0)} kB`,
      bar: `<= ${scriptBar / 1000} kB`,
      ok: own <= scriptBar,
    };
  } finally {
    await browser.close();
  }
};

/** Publishes a few short films; gives the first one's id. */
const publish = async (site: BenchSite, folder: string): Promise<string> => {
  const ids: string[] = [];
  for (const [at, title] of titles.entries()) {
    const file = join(folder, `film-${at}.mp4`);
    const picture = ["-f", "lavfi", "-i", `testsrc2=s=1280x720:r=25:d=8,hue=h=${at * 70}`];
    const sound = ["-f", "lavfi", "-i", "sine=f=440:d=8"];
    await bareFfmpeg([...picture, ...sound, "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", file], folder);
    const { videoId, last } = await sendFile(site, file);
    await last();
    await untilVideo({ site, videoId, holds: ({ status, progress }) => status === "ready" && progress === null });
    const headers = { ...site.headers, "Content-Type": "application/json" };
    const body = JSON.stringify({ title, description: `${title}, filmed in one day.`, visibility: "public" });
    const answer = await fetch(`${site.url}/api/v1/videos/${videoId}`, { method: "PATCH", headers, body });
    if (!answer.ok) throw new Error(`PATCH ${answer.status}: ${await answer.text()}`);
    ids.push(videoId);
  }
  return ids[0] ?? "";
};

/** Name of this benchmark, as the runner lists it. */
export const name = "pages";

/** Lighthouse on the pages that strangers come to, and the weight of the watch page's scripts. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-pages-"));
  try {
    return await withBenchSite(async (site) => {
      const watch = `/watch/${await publish(site, folder)}`;
      const pages = {
        ...{ "the home page": "/", "the search page": "/search" },
        ...{ [resultsPage]: "/search?q=river", "a watch page": watch },
      };
      const rows = [await scriptRow(`${site.url}${watch}`)];
      console.log(rows);
      for (const [what, path] of Object.entries(pages)) {
        for (const preset of ["desktop", "mobile"] as const) {
          rows.push(await rowOf({ what, url: `${site.url}${path}`, preset, folder }));
          console.log(rows.at(-1));
        }
      }
      return { rows };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
