import type { Page } from "playwright-core";
import postgres, { type Sql } from "postgres";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { Site } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A video as the page's own person sees it. */
export const fetchDto = (page: Page, videoId: string): Promise<VideoDto> =>
  page.evaluate(async (id) => (await fetch(`/api/v1/videos/${id}`)).json(), videoId);

/** The player on a watch page. */
export const player = (page: Page) => page.locator(".player");

/** What the player says of itself: `state`, `problem`, `wait`, `quality`, `playing-quality`, `playing-rung`. */
export const attribute = (page: Page, name: string) => player(page).getAttribute(`data-${name}`);

/** Collects what a page reports as broken from now on. */
export const collectFaults = (page: Page): string[] => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
};

/** Opens the menu of qualities, whose code comes with its first press; gives its entries. */
export const openQualities = async (page: Page) => {
  await player(page).hover();
  await page.getByRole("button", { name: /^Quality/ }).click();
  const entries = page.getByRole("menuitemradio");
  await entries.first().waitFor();
  return entries;
};

/** The qualities that the menu offers now, best first. */
export const qualities = async (page: Page): Promise<string[]> => {
  const names = await (await openQualities(page)).allInnerTexts();
  await page.keyboard.press("Escape");
  return names.flatMap((name) => /^\s*(\d+p)/.exec(name)?.[1] ?? []);
};

/** Opens the page of a video that is being prepared and marks it, so that a reload would show. Gives what breaks on it. */
export const openWatchPage = async (input: { site: Site; page: Page; videoId: string }): Promise<string[]> => {
  const { site, page, videoId } = input;
  const faults = collectFaults(page);
  await page.goto(`${site.url}/watch/${videoId}`);
  await page.getByText("The video is being prepared").waitFor();
  await page.evaluate(() => document.documentElement.setAttribute("data-kept", "yes"));
  return faults;
};

/** Whether a page that `openWatchPage` opened has not been loaded again since. */
export const isKept = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.dataset["kept"] === "yes");

/**
 * What the site's database does: nothing, or something that has waited for its client for a second, or something else. A
 * client that stands still between two messages of one statement leaves it `active`.
 */
const transactions = async (sql: Sql): Promise<"none" | "held" | null> => {
  const [row] = await sql<{ open: number; held: number }[]>`
    select count(*)::int as open,
      count(*) filter (where wait_event = 'ClientRead' and state_change < now() - interval '1 second')::int as held
    from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`;
  if ((row?.held ?? 0) > 0) return "held";
  return row?.open === 0 ? "none" : null;
};

/**
 * The worker's own processes stand still between this call and the returned one: what is made stays as it is. Never in the
 * middle of a transaction, whose locks others would wait for.
 */
export const pauseWorker = async (site: Site): Promise<() => void> => {
  const pid = await site.workerPid();
  const resume = () => process.kill(pid, "SIGCONT");
  const sql = postgres(site.databaseUrl, { max: 1 });
  try {
    for (;;) {
      await waitFor({
        ...{ what: "a moment without a transaction", timeoutMs: 60_000, everyMs: 5 },
        until: async () => (await transactions(sql)) === "none",
      });
      process.kill(pid, "SIGSTOP");
      const found = await waitFor({ what: "a quiet database", timeoutMs: 60_000, until: () => transactions(sql) });
      if (found === "none") return resume;
      resume();
    }
  } finally {
    await sql.end();
  }
};

/** Waits until the page's video has played to its end. */
export const playedOut = (page: Page): Promise<true> =>
  waitFor({
    what: "the end of the video",
    timeoutMs: 120_000,
    until: async () => (await attribute(page, "state")) === "ended",
  });
