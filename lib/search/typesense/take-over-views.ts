import type { Client } from "typesense";
import { db } from "#lib/db/client.ts";
import { listLateViews } from "#lib/db/queries/search/sources.ts";
import { typesenseTimes, withinTime } from "#lib/search/typesense/client.ts";

const pageSize = 1_000;

/** Tells the server how often videos were watched, of those that were lately; ones that it does not have are passed over. */
export const takeOverViews = async (client: Client, name: string): Promise<void> => {
  for (let after: string | null = null; ; ) {
    const page = await listLateViews(db(), { after, limit: pageSize });
    if (page.length === 0) return;
    await withinTime(typesenseTimes.write, () =>
      client
        .collections<{ id: string; views: number }>(name)
        .documents()
        .import(page, { action: "update", throwOnFail: false }),
    );
    after = page.at(-1)?.id ?? null;
  }
};
