import { useSyncExternalStore } from "react";
import { uploadChannel, uploadWishes } from "#components/uploader/upload-session.ts";
import { useStudio } from "./studio-context.tsx";

const first = () => "";

/** The channel into which the next files go, and how to change it; `channelId` is empty for an account without a channel. */
export const useUploadChannel = (): { channelId: string; choose: (channelId: string) => void } => {
  const { channels } = useStudio();
  const chosen = useSyncExternalStore(uploadChannel.subscribe, uploadChannel.snapshot, first);
  const choose = (channelId: string) => {
    uploadChannel.choose(channelId);
    // Marks belong to a channel; the other one's own would be refused.
    uploadWishes.wish({ watermark: "usual" });
  };
  return { channelId: chosen === "" ? (channels[0]?.id ?? "") : chosen, choose };
};
