import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { deliveredByDay, deliveredInMonth } from "#lib/db/queries/usage/delivered.ts";
import { dailyUploadOf, findCounters, findPayerByUser } from "#lib/db/queries/usage/quota.ts";
import { storedByKind, storedByVideo } from "#lib/db/queries/usage/usage.ts";
import { AppError } from "#lib/errors.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import type { StoredKind, UsageDto } from "#lib/usage/dto.ts";
import { limitsOfPayer } from "#lib/usage/limits-of-payer.ts";
import { utcDay, utcMonth } from "#lib/usage/utc-day.ts";

const dayMs = 24 * 3600 * 1000;
const mostVideos = 20;

type AssetKind = Awaited<ReturnType<typeof storedByKind>>[number]["kind"];

const kindOf: Record<AssetKind, StoredKind> = {
  original: "originals",
  rendition: "streams",
  audio: "streams",
  playlists: "streams",
  poster: "pictures",
  thumbnail: "pictures",
  storyboard: "pictures",
  preview: "pictures",
  avatar: "pictures",
  subtitles: "texts",
  caption: "texts",
  export: "sound",
  watermark: "marks",
  working: "working",
};

const byKind = (rows: Awaited<ReturnType<typeof storedByKind>>): UsageDto["stored"]["byKind"] => {
  const sums = new Map<StoredKind, number>();
  for (const { kind, bytes } of rows) sums.set(kindOf[kind], (sums.get(kindOf[kind]) ?? 0) + bytes);
  return [...sums]
    .filter(([, bytes]) => bytes !== 0)
    .map(([kind, bytes]) => ({ kind, bytes }))
    .sort((one, other) => other.bytes - one.bytes);
};

const storedOf = async (userId: string, quotaBytes: number | null): Promise<UsageDto["stored"]> => {
  const [counters, kinds, videos] = await Promise.all([
    findCounters(db(), userId),
    storedByKind(db(), userId),
    storedByVideo(db(), { userId, limit: mostVideos }),
  ]);
  const byVideo = videos.map(({ videoId, title, bytes, deletedAt }) => ({
    ...{ videoId, title, bytes, deleted: deletedAt !== null },
  }));
  const { storedBytes: bytes, reservedBytes } = counters;
  return { bytes, reservedBytes, quotaBytes, byKind: byKind(kinds), byVideo };
};

/** Every day of the series, also those on which nothing was delivered. */
const daysOf = async (userId: string, { days, now }: { days: number; now: Date }) => {
  const names = Array.from({ length: days }, (_, index) =>
    utcDay(new Date(now.getTime() - (days - 1 - index) * dayMs)),
  );
  const rows = await deliveredByDay(db(), { userId, fromDay: names[0] ?? utcDay(now) });
  const found = new Map(rows.map((row) => [row.day, row]));
  return names.map((day) => found.get(day) ?? { day, bytes: 0, requests: 0 });
};

/** What that account stores, uploads and delivers. Throws `not_found`. */
const usageOf = async (userId: string, days: number): Promise<UsageDto> => {
  const payer = await findPayerByUser(db(), { userId });
  if (payer === null) throw new AppError("not_found");
  const now = new Date();
  const limits = limitsOfPayer({ payer, usual: await instanceSettings() });
  const { dailyUploadBytes: dailyLimitBytes, monthlyDeliveryBytes: monthlyLimitBytes } = limits;
  const [stored, todayBytes, monthBytes, series] = await Promise.all([
    storedOf(userId, limits.storageQuotaBytes),
    dailyUploadOf(db(), { userId, day: utcDay(now) }),
    deliveredInMonth(db(), { userId, month: utcMonth(now) }),
    daysOf(userId, { days, now }),
  ]);
  const over = monthlyLimitBytes !== null && monthBytes >= monthlyLimitBytes;
  return {
    stored,
    uploads: { todayBytes, dailyLimitBytes },
    delivery: { monthBytes, monthlyLimitBytes, over, days: series },
  };
};

/** What the caller stores, uploads and delivers. Throws `unauthenticated`. */
export const getMyUsage = async ({ viewer, days }: { viewer: Viewer; days: number }): Promise<UsageDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return usageOf(viewer.id, days);
};

/** What any account stores, uploads and delivers. For admins; throws `unauthenticated`, `forbidden` and `not_found`. */
export const getUsageOf = async (input: { viewer: Viewer; userId: string; days: number }): Promise<UsageDto> => {
  if (input.viewer === null) throw new AppError("unauthenticated");
  if (input.viewer.role !== "admin") throw new AppError("forbidden");
  return usageOf(input.userId, input.days);
};
