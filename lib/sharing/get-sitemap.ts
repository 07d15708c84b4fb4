import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { listSitemapStarts, listSitemapVideos, type SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import { isTold, toFeedVideo } from "#lib/sharing/shared-video.ts";
import { sitemapEntry, sitemapFrame, sitemapIndex } from "#lib/sharing/sitemap.ts";
import { pagesPart, sitemapPages } from "#lib/sharing/sitemap-pages.ts";

/** Videos of one part: a part may have 50 000 entries and 50 MB, and with video entries the bytes are what counts. */
export const sitemapPartSize = 20_000;
const pageSize = 1_000;
/** How long the list of parts is remembered: it reads an index over all public videos. */
const rememberMs = 10 * 60_000;

/** A part may hold more than its size where several videos were published in the same millisecond; never more than this. */
const mostOfPart = 2 * sitemapPartSize;

/** Videos of a part: published from an instant on and before another; the last part has no end. */
type Part = { from: Date; until: Date | null };

// Next bundles routes apart; a process has one memory.
const globals = globalThis as typeof globalThis & {
  kinoraSitemap?: { parts: Promise<Part[]>; until: number };
};

const partsOf = async (): Promise<Part[]> => {
  const starts = await listSitemapStarts(db(), sitemapPartSize);
  const instants = [...new Set(starts.map(({ publishedAt }) => publishedAt.getTime()))];
  return instants.map((at, index) => {
    const next = instants[index + 1];
    return { from: new Date(at), until: next === undefined ? null : new Date(next) };
  });
};

const partsNow = (): Promise<Part[]> => {
  const known = globals.kinoraSitemap;
  if (known !== undefined && known.until > Date.now()) return known.parts;
  const parts = partsOf();
  globals.kinoraSitemap = { parts, until: Date.now() + rememberMs };
  parts.catch(() => {
    delete globals.kinoraSitemap;
  });
  return parts;
};

const instantSchema = z.coerce.date().min(new Date(0)).max(new Date("9999-12-31T23:59:59.999Z"));

/** Times alone: the list is remembered, and the id of a video that was hidden meanwhile would still stand in it. */
const nameOf = ({ from, until }: Part): string =>
  `videos-${[from, ...(until === null ? [] : [until])].map((at) => at.getTime().toString(36)).join("-")}.xml`;

const partOf = (file: string): Part => {
  const [, begin = "", end] = /^videos-([0-9a-z]{1,11})(?:-([0-9a-z]{1,11}))?\.xml$/.exec(file) ?? [];
  const from = instantSchema.safeParse(Number.parseInt(begin, 36));
  const until = end === undefined ? null : instantSchema.safeParse(Number.parseInt(end, 36));
  if (!from.success || until?.success === false) throw new AppError("not_found");
  return { from: from.data, until: until?.data ?? null };
};

/** The list of the site map's parts. */
export const getSitemapIndex = async (origin: string): Promise<string> =>
  sitemapIndex([...(await partsNow()).map(nameOf), pagesPart].map((name) => `${origin}/sitemaps/${name}`));

const firstId = "00000000-0000-0000-0000-000000000000";

/** Pages of a part's rows, each asked for when the one before was taken; never skips rows by counting. */
async function* pagesOf({ from, until }: Part): AsyncGenerator<SharedVideoRow[]> {
  let position = { from: { publishedAt: from, id: firstId }, after: false };
  for (let left = mostOfPart; left > 0; left -= pageSize) {
    const rows = await listSitemapVideos(db(), { ...position, until, limit: Math.min(pageSize, left) });
    yield rows;
    const last = rows.at(-1);
    if (last?.publishedAt === undefined || last.publishedAt === null || rows.length < pageSize) return;
    position = { from: { publishedAt: last.publishedAt, id: last.id }, after: true };
  }
}

/** A part of the site map, piece by piece. Throws `not_found` for a name that is none. */
export const getSitemapPart = ({ file, origin }: { file: string; origin: string }): AsyncGenerator<string> => {
  if (file === pagesPart) {
    return (async function* () {
      yield await sitemapPages(origin);
    })();
  }
  const part = partOf(file);
  return (async function* () {
    yield sitemapFrame.begin;
    for await (const rows of pagesOf(part)) {
      // Of a page of lists, those that are told of; the page itself says where the next one begins.
      const entries = rows.filter(isTold).map((row) => sitemapEntry({ video: toFeedVideo(row), origin }));
      if (entries.length > 0) yield `${entries.join("\n")}\n`;
    }
    yield sitemapFrame.end;
  })();
};

/** What robots are told: everything that is public may be read; pages for one person are no results. */
export const robotsText = (origin: string): string =>
  [
    "User-agent: *",
    ...["/api/", "/admin", "/studio", "/settings", "/login", "/signup", "/download/"].map(
      (path) => `Disallow: ${path}`,
    ),
    "",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");
