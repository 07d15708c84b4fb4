import { useEffect, useState, useSyncExternalStore } from "react";
import { uploadWishes } from "#components/uploader/upload-session.ts";
import { noUploadWishes } from "#components/uploader/upload-wishes.ts";
import { fetchUploadDefaults, putSiteUploadDefaults, putUploadDefaults } from "#lib/api-client/upload-defaults.ts";
import type { UploadDefaultsDto } from "#lib/uploads/dto.ts";
import { useReportError } from "../use-report-error.ts";

/** The wishes for the next files, live. */
export const useUploadWishes = () =>
  useSyncExternalStore(uploadWishes.subscribe, uploadWishes.snapshot, () => noUploadWishes);

/** A channel's defaults as the server has them, asked for when the form opens; `failed` when they could not be had. */
export const useUploadDefaults = (channelId: string) => {
  const report = useReportError();
  const [defaults, setDefaults] = useState<UploadDefaultsDto | null>(null);
  const [failed, setFailed] = useState(false);
  const [saving, setSaving] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    void round;
    const ended = new AbortController();
    fetchUploadDefaults({ channelId, signal: ended.signal }).then(
      (found) => {
        setDefaults(found);
        setFailed(false);
      },
      () => {
        if (!ended.signal.aborted) setFailed(true);
      },
    );
    return () => ended.abort();
  }, [channelId, round]);
  const put = async (saved: Promise<UploadDefaultsDto>): Promise<boolean> => {
    setSaving(true);
    try {
      setDefaults(await saved);
      return true;
    } catch (error) {
      report(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  /** Makes the present wishes the usual ones. */
  const keep = async (): Promise<boolean> => {
    if (defaults === null) return false;
    const { channel, site } = defaults;
    const { watermark, audio, normalize } = uploadWishes.snapshot();
    // Who chooses what the site has goes with the site from then on.
    const chosen = watermark === "usual" ? channel.watermark : watermark === site.watermarkId ? "site" : watermark;
    const kept = await put(
      putUploadDefaults({
        channelId,
        defaults: {
          watermark: chosen,
          audio: audio ?? channel.audio,
          normalize: normalize ?? channel.normalize,
        },
      }),
    );
    if (kept) uploadWishes.wish({ watermark: "usual", audio: null, normalize: null });
    return kept;
  };
  const keepForSite = (watermarkId: string | null) => put(putSiteUploadDefaults({ watermarkId }));
  return { defaults, failed, saving, load: () => setRound((now) => now + 1), keep, keepForSite };
};
