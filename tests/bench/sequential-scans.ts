import postgres from "postgres";

/** Tables of fewer rows are read whole because that is quicker than by any index. */
const largeRows = 10_000;

/**
 * How often the server has read each large table of a database from one end to the other, by its own statistics (PostgreSQL,
 * "The Cumulative Statistics System"). Connections report a while after their work, and at once when they end.
 */
export const sequentialScans = async (databaseUrl: string): Promise<ReadonlyMap<string, number>> => {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const rows = await sql<{ name: string; scans: number }[]>`
      select s.relname as name, s.seq_scan::int as scans from pg_stat_user_tables s
        join pg_class c on c.oid = s.relid where c.reltuples > ${largeRows}`;
    return new Map(rows.map(({ name, scans }) => [name, scans]));
  } finally {
    await sql.end({ timeout: 5 });
  }
};
