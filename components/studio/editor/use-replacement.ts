import { useState } from "react";
import type { LocalUpload } from "#components/uploader/local-upload.ts";
import { endUploadById, uploadAddress } from "#components/uploader/upload-session.ts";
import { announceFile } from "#lib/api-client/videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudio, useUploads } from "../studio-context.tsx";
import { useReportError } from "../use-report-error.ts";

/** A new file on its way: `own` when this page carries it, null when another one does, or did. */
export type Replacement = { percent: number; own: LocalUpload | null };

const share = ({ done, of }: { done: number; of: number }) => (of > 0 ? (done / of) * 100 : 0);

const replacementOf = (input: { own: LocalUpload | undefined; open: VideoDto["upload"] }): Replacement | null => {
  const { own, open } = input;
  if (own !== undefined) return { own, percent: share({ done: own.sentBytes, of: own.sizeBytes }) };
  return open === null ? null : { own: null, percent: share({ done: open.offsetBytes, of: open.sizeBytes }) };
};

/** A new file for a video that has one: sent, followed, gone on with, called off. */
export const useReplacement = (video: VideoDto) => {
  const { engine } = useStudio();
  const report = useReportError();
  const uploads = useUploads();
  const [announcing, setAnnouncing] = useState(false);
  /** The upload that was called off: the server's word of its end comes a moment later. */
  const [endedId, setEndedId] = useState<string | null>(null);
  /** Name of a file that is not the one which was begun. */
  const [wrongName, setWrongName] = useState<string | null>(null);
  const { id: videoId, title, visibility } = video;
  const own = uploads.find((upload) => upload.videoId === videoId && upload.phase !== "sent");
  const open = video.upload?.id === endedId ? null : video.upload;
  const replacement = video.status === "uploading" ? null : replacementOf({ own, open });

  const begin = async (file: File) => {
    setAnnouncing(true);
    try {
      const announced = await announceFile({ videoId, filename: file.name, sizeBytes: file.size, filetype: file.type });
      const uploadUrl = uploadAddress(announced.uploadId);
      engine.continueWith({
        file,
        upload: { videoId, uploadUrl, title, visibility, sizeBytes: file.size, offsetBytes: 0 },
      });
    } catch (error) {
      report(error);
    } finally {
      setAnnouncing(false);
    }
  };
  const goOn = (file: File) => {
    if (open === null) return;
    const { id, sizeBytes, offsetBytes } = open;
    const upload = { videoId, uploadUrl: uploadAddress(id), title, visibility, sizeBytes, offsetBytes };
    setWrongName(engine.continueWith({ file, upload }) ? null : file.name);
  };
  const cancel = () => {
    setWrongName(null);
    setEndedId(own?.uploadUrl?.split("/").at(-1) ?? open?.id ?? null);
    const ended = own !== undefined ? engine.cancel(own.id) : open === null ? null : endUploadById(open.id);
    ended?.catch((error: unknown) => {
      setEndedId(null);
      report(error);
    });
  };
  return {
    replacement,
    announcing,
    wrongName,
    cancel,
    resume: () => own && engine.resume(own.id),
    /** Takes a chosen file: the new one, or the one that goes on. */
    take: (file: File) => (replacement === null ? void begin(file) : goOn(file)),
  };
};
