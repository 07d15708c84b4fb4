import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";

const stateSchema = z.enum(["failed", "running", "queued", "scheduled"]);

const rowSchema = z.object({
  id: z.string(),
  kind: z.string(),
  state: stateSchema,
  video_id: z.string().nullable(),
  title: z.string().nullable(),
  percent: z.number().nullable(),
  attempts: z.number().nullable(),
  max_attempts: z.number().nullable(),
  failure_code: z.string().nullable(),
  failure_detail: z.string().nullable(),
  created_at: z.coerce.date(),
  sort_key: z.coerce.number(),
  run_at: z.coerce.date().nullable(),
});

/** One piece of work. */
export type JobRow = z.output<typeof rowSchema>;

/** Where a list begins: creation (microseconds since 1970, as exact as the database knows it) and id of the last row of the page before. */
export type JobPosition = { at: number; id: string };

/** Which work is asked for; what is undefined does not matter. */
export type JobFilter = {
  state?: JobRow["state"] | undefined;
  kind?: string | undefined;
  id?: string | undefined;
  after?: JobPosition | undefined;
  limit: number;
};

/** What runs now, or failed, of the newest run of each video; its steps' jobs are parts of it. */
const processing = sql`
  select v.id::text as id, 'processing' as kind,
    case
      when r.state <> 'running' then 'failed'
      when exists (select 1 from run_steps s where s.run_id = r.id and s.state <> 'queued') then 'running'
      else 'queued'
    end as state,
    v.id::text as video_id, v.title, null::float8 as percent,
    null::int as attempts, null::int as max_attempts,
    coalesce(v.failure_code, r.failure_code) as failure_code, r.failure_detail, r.created_at, null::timestamptz as run_at
  from videos v
  join lateral (select * from runs r where r.video_id = v.id order by r.id desc limit 1) r on true
  where v.deleted_at is null and (r.state in ('running', 'failed') or v.status = 'failed')
    -- Who stopped it knows.
    and coalesce(v.failure_code, r.failure_code, '') <> 'cancelled'`;

const exported = sql`
  select e.id::text, 'exports/audio', e.state, v.id::text, v.title,
    case when e.state = 'running' then e.progress * 100 end, e.attempts, null::int,
    e.failure_code, e.failure_detail, e.created_at, null::timestamptz
  from audio_exports e join videos v on v.id = e.video_id
  where e.state in ('queued', 'running', 'failed') and v.deleted_at is null`;

/** Jobs of the queue that are no part of the two above. Payloads may hold what only its owner may read: only a video's id is taken. */
const queued = sql`
  select j.id::text, t.identifier,
    case
      when j.locked_at is not null then 'running'
      when j.attempts >= j.max_attempts then 'failed'
      when j.run_at > now() then 'scheduled'
      else 'queued'
    end,
    v.id::text, v.title, null::float8, j.attempts::int, j.max_attempts::int,
    null, j.last_error, j.created_at, j.run_at
  from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id
  left join videos v on v.id::text = j.payload ->> 'videoId'
  where t.identifier not like 'media/%' and t.identifier <> 'exports/audio'`;

const all = sql`(${processing} union all ${exported} union all ${queued})`;

const instantOf = (microseconds: number): SQL =>
  sql`timestamptz 'epoch' + ${microseconds}::float8 * interval '1 microsecond'`;

const condition = ({ state, kind, id, after }: JobFilter): SQL => {
  const parts = [
    sql`true`,
    ...(state === undefined ? [] : [sql`w.state = ${state}`]),
    ...(kind === undefined ? [] : [sql`w.kind = ${kind}`]),
    ...(id === undefined ? [] : [sql`w.id = ${id}`]),
    ...(after === undefined ? [] : [sql`(w.created_at, w.id) < (${instantOf(after.at)}, ${after.id}::text)`]),
  ];
  return sql.join(parts, sql` and `);
};

/** Work that waits, runs or failed, newest first. */
export const listJobRows = async (tx: DbOrTx, filter: JobFilter): Promise<JobRow[]> => {
  const rows = await tx.execute(sql`
    select w.*, (extract(epoch from w.created_at) * 1000000)::bigint as sort_key from ${all} w
    where ${condition(filter)} order by w.created_at desc, w.id desc limit ${filter.limit}`);
  return [...rows].map((row) => rowSchema.parse(row));
};

const countSchema = z.object({ kind: z.string(), state: stateSchema, count: z.number() });

/** How much work there is of each kind and state. */
export const countJobs = async (tx: DbOrTx): Promise<z.output<typeof countSchema>[]> => {
  const rows = await tx.execute(
    sql`select w.kind, w.state, count(*)::int as count from ${all} w group by 1, 2 order by 1, 2`,
  );
  return [...rows].map((row) => countSchema.parse(row));
};

/** How many workers are alive. */
export const countWorkers = async (tx: DbOrTx): Promise<number> => {
  const [row] = await tx.execute(
    sql`select count(*)::int as count from worker_instances where stopped_at is null and swept_at is null`,
  );
  return z.object({ count: z.number() }).parse(row).count;
};
