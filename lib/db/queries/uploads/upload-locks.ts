import type { Sql } from "postgres";

/** Channel on which a process asks whoever writes an upload to let go of it; the payload is `<asker>:<upload>`. */
export const uploadReleaseChannel = "kinora_upload_release";

/** Takes an upload's session lock unless another session holds it. */
export const tryUploadLock = async (sql: Sql, uploadId: string): Promise<boolean> => {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended(${`upload:${uploadId}`}, 0)) as locked`;
  return row?.locked === true;
};

/** Gives an upload's session lock back. False when this session did not hold it. */
export const releaseUploadLock = async (sql: Sql, uploadId: string): Promise<boolean> => {
  const [row] = await sql<{ released: boolean }[]>`
    select pg_advisory_unlock(hashtextextended(${`upload:${uploadId}`}, 0)) as released`;
  return row?.released === true;
};

/** Asks the process that holds an upload's lock to end its request. The asker hears it too and must know itself. */
export const askForUploadLock = async (
  sql: Sql,
  { askerId, uploadId }: { askerId: string; uploadId: string },
): Promise<void> => {
  await sql`select pg_notify(${uploadReleaseChannel}, ${`${askerId}:${uploadId}`})`;
};
