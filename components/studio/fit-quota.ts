import type { UsageDto } from "#lib/usage/dto.ts";

/** What one may still send, in bytes; null where nothing limits it. */
export type Room = { storageBytes: number | null; dayBytes: number | null };

/** A file that does not fit, and which limit it meets. */
export type Misfit<T> = { file: T; reason: "no_quota" | "no_day" };

/** What is left of the quota and of the day's limit. */
export const roomOf = ({ stored, uploads }: Pick<UsageDto, "stored" | "uploads">): Room => {
  const left = (limit: number | null, used: number) => (limit === null ? null : Math.max(0, limit - used));
  return {
    storageBytes: left(stored.quotaBytes, stored.bytes + stored.reservedBytes),
    dayBytes: left(uploads.dailyLimitBytes, uploads.todayBytes),
  };
};

/** Takes files in their order as long as they fit together; a smaller one behind one that does not fit is still taken. */
export const fitQuota = <T extends { size: number }>({
  files,
  room,
}: {
  files: readonly T[];
  room: Room;
}): { fitting: T[]; misfits: Misfit<T>[] } => {
  let storage = room.storageBytes ?? Number.POSITIVE_INFINITY;
  let day = room.dayBytes ?? Number.POSITIVE_INFINITY;
  const fitting: T[] = [];
  const misfits: Misfit<T>[] = [];
  for (const file of files) {
    if (file.size > storage) misfits.push({ file, reason: "no_quota" });
    else if (file.size > day) misfits.push({ file, reason: "no_day" });
    else {
      fitting.push(file);
      storage -= file.size;
      day -= file.size;
    }
  }
  return { fitting, misfits };
};
