import { z } from "zod";
import { db } from "#lib/db/client.ts";
import {
  listSitemapStarts,
  listSitemapVideos,
  type SharedVideoRow,
  type SitemapPosition,
} from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { isTold, toFeedVideo } from "#lib/sharing/shared-video.ts";
import { sitemapEntry, sitemapFrame, sitemapIndex } from "#lib/sharing/sitemap.ts";
import { pagesPart, sitemapPages } from "#lib/sharing/sitemap-pages.ts";

/** Videos of one part: a part may have 50 000 entries and 50 MB, and with video entries the bytes are what counts. */
export const sitemapPartSize = 20_000;
const pageSize = 1_000;
/** How long the list of parts is remembered: it reads an index over all public videos. */
const rememberMs = 10 * 60_000;

// Next bundles routes apart; a process has one memory.
const globals = globalThis as typeof globalThis & {
  kinoraSitemap?: { starts: Promise<SitemapPosition[]>; until: number };
};

const startsNow = (): Promise<SitemapPosition[]> => {
  const known = globals.kinoraSitemap;
  if (known !== undefined && known.until > Date.now()) return known.starts;
  const starts = listSitemapStarts(db(), sitemapPartSize);
  globals.kinoraSitemap = { starts, until: Date.now() + rememberMs };
  starts.catch(() => {
    delete globals.kinoraSitemap;
  });
  return starts;
};

const instantSchema = z.coerce.date().min(new Date(0)).max(new Date("9999-12-31T23:59:59.999Z"));

const nameOf = ({ publishedAt, id }: SitemapPosition) => `videos-${publishedAt.getTime().toString(36)}-${id}.xml`;

const positionOf = (file: string): SitemapPosition => {
  const [, time = "", id = ""] = /^videos-([0-9a-z]{1,11})-([0-9a-f-]{36})\.xml$/.exec(file) ?? [];
  const instant = instantSchema.safeParse(Number.parseInt(time, 36));
  const video = idSchema.safeParse(id);
  if (!instant.success || !video.success) throw new AppError("not_found");
  return { publishedAt: instant.data, id: video.data };
};

/** The list of the site map's parts. */
export const getSitemapIndex = async (origin: string): Promise<string> =>
  sitemapIndex([...(await startsNow()).map(nameOf), pagesPart].map((name) => `${origin}/sitemaps/${name}`));

/** Pages of rows from a position on, each asked for when the one before was taken; never skips rows by counting. */
async function* pagesFrom(start: SitemapPosition): AsyncGenerator<SharedVideoRow[]> {
  let position = { from: start, after: false };
  for (let left = sitemapPartSize; left > 0; left -= pageSize) {
    const rows = await listSitemapVideos(db(), { ...position, limit: Math.min(pageSize, left) });
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
  const start = positionOf(file);
  return (async function* () {
    yield sitemapFrame.begin;
    for await (const rows of pagesFrom(start)) {
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
