import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AdminUsage, AdminUsageQuery } from "#lib/admin/dto.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { storedSeries } from "#lib/admin/stored-series.ts";
import { db } from "#lib/db/client.ts";
import { sumStored } from "#lib/db/queries/instance/admin-overview.ts";
import { deliveredByDayOfAll, listTopUsers, storedChangesByDay } from "#lib/db/queries/usage/admin-usage.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

const dayMs = 24 * 3600 * 1000;
const mostUsers = 20;

/** What the instance stores and delivers, by day and by account. For admins; throws `unauthenticated` and `forbidden`. */
export const getInstanceUsage = async ({
  viewer,
  query,
}: {
  viewer: Viewer;
  query: AdminUsageQuery;
}): Promise<AdminUsage> => {
  requireAdmin(viewer);
  const count = Number(query.days);
  const now = Date.now();
  const days = Array.from({ length: count }, (_, index) => utcDay(new Date(now - (count - 1 - index) * dayMs)));
  const fromDay = days[0] ?? utcDay(new Date(now));
  const [stored, changes, delivered, topUsers] = await Promise.all([
    sumStored(db()),
    storedChangesByDay(db(), fromDay),
    deliveredByDayOfAll(db(), fromDay),
    listTopUsers(db(), { fromDay, by: query.by, limit: mostUsers }),
  ]);
  const byDay = new Map(delivered.map((row) => [row.day, row]));
  const series = storedSeries({
    ...{ days, storedNow: stored.storedBytes },
    changes: new Map(changes.map(({ day, bytes }) => [day, bytes])),
  });
  return {
    ...stored,
    topUsers,
    days: days.map((day, index) => ({
      ...{ day, storedBytes: series[index] ?? 0 },
      ...{ deliveredBytes: byDay.get(day)?.bytes ?? 0, requests: byDay.get(day)?.requests ?? 0 },
    })),
  };
};
