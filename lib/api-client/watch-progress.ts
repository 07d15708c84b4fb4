import { ApiError } from "#lib/api-client/api-error.ts";
import { apiRequest } from "#lib/api-client/request.ts";
import type { WatchProgressDto } from "#lib/library/dto.ts";

/** What could not be told yet, by video: kept over a lost network and a closed tab. */
const storageKey = "kinora.watch-progress";
/** What is older than this is no longer worth telling; the server takes nothing older. */
const oldestMs = 7 * 86_400_000;

type Kept = { positionMs: number; at: number };

const readKept = (): Record<string, Kept> => {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    return typeof known === "object" && known !== null ? (known as Record<string, Kept>) : {};
  } catch {
    // No storage, or somebody else's words in it: nothing is kept then.
    return {};
  }
};

const writeKept = (kept: Record<string, Kept>): void => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Private windows may refuse; then what is lost is lost.
  }
};

const keep = (videoId: string, one: Kept | null): void => {
  const { [videoId]: _, ...others } = readKept();
  writeKept(one === null ? others : { ...others, [videoId]: one });
};

/** Where the person goes on in a video. Throws `ApiError`. */
export const fetchWatchProgress = (input: { videoId: string; signal: AbortSignal }): Promise<WatchProgressDto> =>
  apiRequest({ path: `/videos/${input.videoId}/watch-progress`, signal: input.signal });

const put = ({ videoId, kept, leaving }: { videoId: string; kept: Kept; leaving: boolean }): Promise<void> =>
  apiRequest({
    path: `/videos/${videoId}/watch-progress`,
    method: "PUT",
    body: { positionMs: kept.positionMs, agoMs: Math.max(0, Date.now() - kept.at) },
    keepalive: leaving,
  });

/** Whether trying again later may help. */
const isPassing = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/**
 * Tells how far the person has come; what the network does not take is kept and told another time. `leaving`: the page
 * goes, and the browser ends the request without it. Never throws.
 */
export const tellProgress = async ({
  videoId,
  positionMs,
  leaving,
}: {
  videoId: string;
  positionMs: number;
  leaving: boolean;
}): Promise<void> => {
  const kept = { positionMs, at: Date.now() };
  if (leaving) keep(videoId, kept);
  await put({ videoId, kept, leaving }).then(
    () => keep(videoId, null),
    (error: unknown) => keep(videoId, isPassing(error) ? kept : null),
  );
};

/** Tells what was kept when there was no network. Never throws. */
export const tellKeptProgress = async (): Promise<void> => {
  for (const [videoId, kept] of Object.entries(readKept())) {
    if (Date.now() - kept.at > oldestMs) keep(videoId, null);
    else {
      await put({ videoId, kept, leaving: false }).then(
        () => keep(videoId, null),
        (error: unknown) => {
          if (!isPassing(error)) keep(videoId, null);
        },
      );
    }
  }
};
