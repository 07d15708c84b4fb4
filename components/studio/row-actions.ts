import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { toast } from "#components/ui/toast.tsx";
import { endUploadById, uploadAddress } from "#components/uploader/upload-session.ts";
import type { VideoPatch } from "#lib/videos/dto.ts";
import { type Studio, useStudio } from "./studio-context.tsx";
import type { StudioRow } from "./studio-row.ts";
import { useReportError } from "./use-report-error.ts";

/** What can be done with a row; each tells the person itself when it fails. */
export type RowActions = {
  pause: () => void;
  resume: () => void;
  cancelUpload: () => void;
  chooseSameFile: () => void;
  signInElsewhere: () => void;
  retry: () => void;
  cancelProcessing: () => void;
  edit: (patch: Pick<VideoPatch, "title" | "visibility">) => void;
  copyLink: () => void;
  remove: () => void;
};

type Failed = (error: unknown) => void;
type Parts = { row: StudioRow; studio: Studio; failed: Failed };

const uploadActions = ({ row: { upload, video, videoId }, studio: { engine, store, chooseFiles }, failed }: Parts) => ({
  pause: () => upload && engine.pause(upload.id),
  resume: () => upload && engine.resume(upload.id),
  cancelUpload: () => {
    if (videoId !== null) store.drop(videoId);
    const open = video?.upload;
    const ended = upload ? engine.cancel(upload.id) : open ? endUploadById(open.id) : Promise.resolve();
    ended.catch(failed);
  },
  chooseSameFile: () => {
    if (!video?.upload) return;
    const { id: uploadId, sizeBytes, offsetBytes } = video.upload;
    const { id, title, visibility } = video;
    chooseFiles({ videoId: id, uploadUrl: uploadAddress(uploadId), sizeBytes, offsetBytes, title, visibility });
  },
  // In a window of its own, so that this page keeps the chosen file.
  signInElsewhere: () => void open("/login?next=/studio", "_blank", "noopener"),
});

const videoActions = ({ row: { upload, videoId }, studio: { engine, store }, failed }: Parts) => ({
  retry: () => {
    if (videoId !== null) store.reprocess(videoId).catch(failed);
  },
  cancelProcessing: () => {
    if (videoId !== null) store.cancelProcessing(videoId).catch(failed);
  },
  edit: (patch: Pick<VideoPatch, "title" | "visibility">) => {
    if (upload) engine.edit({ id: upload.id, ...patch });
    // Without an id yet the engine sends the change as soon as the server has given one.
    if (videoId !== null) store.patch({ videoId, patch }).catch(failed);
  },
});

/** Deletes videos with a way back. Returns a function of ids and a title for the toast. */
export const useRemoveVideos = () => {
  const { store } = useStudio();
  const t = useTranslations("studio");
  const common = useTranslations("common");
  const failed = useReportError();
  return useCallback(
    (videoIds: readonly string[]) => {
      store.remove(videoIds).then((refused) => {
        const gone = videoIds.filter((id) => !refused.includes(id));
        const onSelect = () => store.restore(gone).catch(failed);
        if (refused.length > 0) toast({ title: t("notDeleted", { count: refused.length }), tone: "danger" });
        if (gone.length > 0)
          toast({ title: t("deleted", { count: gone.length }), action: { label: common("undo"), onSelect } });
      }, failed);
    },
    [store, t, common, failed],
  );
};

/** The actions of one row. */
export const useRowActions = (row: StudioRow): RowActions => {
  const studio = useStudio();
  const t = useTranslations("studio");
  const failed = useReportError();
  const removeVideos = useRemoveVideos();
  return useMemo(
    () => ({
      ...uploadActions({ row, studio, failed }),
      ...videoActions({ row, studio, failed }),
      copyLink: () => {
        if (row.videoId === null) return;
        const link = new URL(`/watch/${row.videoId}`, location.origin).href;
        // Without https the browser may have no clipboard; then the link itself is shown to copy by hand.
        const written = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"));
        written.then(
          () => toast({ title: t("linkCopied") }),
          () => toast({ title: t("copyByHand"), description: link }),
        );
      },
      remove: () => {
        if (row.videoId !== null) removeVideos([row.videoId]);
      },
    }),
    [row, studio, failed, t, removeVideos],
  );
};
