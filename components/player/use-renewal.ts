import { useEffect, useState } from "react";
import { noteAddress, renewalDelayMs, signatureOf } from "#components/player/media-address.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import { fetchVideo } from "#lib/api-client/videos.ts";

type Playback = PlayerVideo["playback"];

/** Longest delay that a timer of browsers takes. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Keeps a signed video playing: asks for new addresses before the old ones run out. Segments take the new signature from
 * then on (`currentAddress`); captions and stills are given back here. Stops where asking gives nothing that lasts longer: a
 * playback token's time is over, or the video is somebody's no more.
 */
export const useRenewal = ({ video, hlsUrl }: { video: PlayerVideo; hlsUrl: string }): Playback => {
  const [renewed, setRenewed] = useState<Playback | null>(null);
  const url = renewed?.hlsUrl ?? hlsUrl;
  const { id } = video;
  useEffect(() => {
    const signature = signatureOf(url);
    if (signature === null) return;
    const gone = new AbortController();
    const { expiresAtMs } = signature;
    const renew = () =>
      fetchVideo({ videoId: id, signal: gone.signal }).then(
        ({ playback }) => {
          if (playback.hlsUrl !== null && noteAddress(playback.hlsUrl)) setRenewed(playback);
        },
        // The stream asks once more when an address is refused, and says what is wrong then.
        () => undefined,
      );
    const delay = Math.min(renewalDelayMs({ expiresAtMs, nowMs: Date.now() }), longestTimerMs);
    const timer = setTimeout(renew, delay);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [id, url]);
  if (renewed === null) return video.playback;
  // Only addresses come from the renewal; chapters and the rest go by the video as the page follows it.
  const { captions, storyboardUrl } = renewed;
  return { ...video.playback, captions, storyboardUrl };
};
