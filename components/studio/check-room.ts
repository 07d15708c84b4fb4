import type { RefusedFile } from "#components/uploader/upload-engine-parts.ts";
import { fetchUsage } from "#lib/api-client/usage.ts";
import { fitQuota, roomOf } from "./fit-quota.ts";

/** Longest wait for the answer before the files are simply sent. */
const waitMs = 2_000;

/** Files that are to be sent, and those that would be refused. */
export type CheckedFiles = { fitting: readonly File[]; refused: readonly RefusedFile[] };

/**
 * Asks how much room there is, so that a file that does not fit is told of before a byte is sent. Files that go on with an
 * upload have their room already. Without an answer everything fits: the server has the last word.
 */
export const checkRoom = async ({
  files,
  isBegun,
}: {
  files: readonly File[];
  isBegun: (file: File) => boolean;
}): Promise<CheckedFiles> => {
  const fresh = files.filter((file) => !isBegun(file));
  if (fresh.length === 0) return { fitting: files, refused: [] };
  try {
    const usage = await fetchUsage({ signal: AbortSignal.timeout(waitMs) });
    const { misfits } = fitQuota({ files: fresh, room: roomOf(usage) });
    const left = new Set(misfits.map(({ file }) => file));
    return {
      fitting: files.filter((file) => !left.has(file)),
      refused: misfits.map(({ file: { name }, reason }) => ({ name, reason })),
    };
  } catch {
    // Offline or too slow; see above.
    return { fitting: files, refused: [] };
  }
};
