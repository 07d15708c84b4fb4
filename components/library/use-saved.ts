"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import {
  addToPlaylist,
  createPlaylist,
  fetchPlaylists,
  fetchWatchLater,
  removeItem,
  setWatchLater,
} from "#lib/api-client/library.ts";
import type { NewPlaylist, PlaylistDto } from "#lib/library/dto.ts";

/** In which of the person's lists a video is. Null while that is being read. */
export const useSaved = (videoId: string) => {
  const t = useTranslations("people");
  const [lists, setLists] = useState<readonly PlaylistDto[] | null>(null);
  const [later, setIsLater] = useState<boolean | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    Promise.all([fetchPlaylists({ video: videoId, limit: 100 }), fetchWatchLater(videoId)]).then(
      ([page, isLater]) => {
        setLists(page.items);
        setIsLater(isLater.saved);
      },
      () => setFailed(true),
    );
  }, [videoId]);
  const tell = (error: unknown) =>
    toast({
      tone: "danger",
      title: error instanceof ApiError && error.code === "conflict" ? t("save.full") : t("failed"),
    });
  const put = (id: string, itemId: string | null) =>
    setLists((known) => known?.map((list) => (list.id === id ? { ...list, itemId } : list)) ?? null);
  const set = async (list: PlaylistDto, saved: boolean) => {
    try {
      if (saved) put(list.id, (await addToPlaylist({ playlistId: list.id, videoId })).id);
      else if (list.itemId !== null) {
        await removeItem({ playlistId: list.id, itemId: list.itemId });
        put(list.id, null);
      }
    } catch (error) {
      tell(error);
    }
  };
  const setLater = async (saved: boolean) => {
    setIsLater(saved);
    try {
      await setWatchLater({ videoId, later: saved });
    } catch (error) {
      setIsLater(!saved);
      tell(error);
    }
  };
  /** Throws what the server answers. */
  const create = async (list: Pick<NewPlaylist, "title" | "visibility">) => {
    const made = await createPlaylist({ ...list, description: "" });
    const { id: itemId } = await addToPlaylist({ playlistId: made.id, videoId });
    setLists((known) => [{ ...made, itemId }, ...(known ?? [])]);
  };
  return { lists, later, failed, set, setLater, create };
};
