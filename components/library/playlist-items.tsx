"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { PlaylistRow } from "#components/library/playlist-row.tsx";
import { useSorting } from "#components/library/use-sorting.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { fetchPlaylistItems, removeItem } from "#lib/api-client/library.ts";
import type { PlaylistItemDto, PlaylistItemPageDto } from "#lib/library/dto.ts";

/** A playlist in its order; its owner moves and removes, and more comes on demand. */
export const PlaylistItems = ({
  playlistId,
  first,
  editable,
}: {
  playlistId: string;
  first: PlaylistItemPageDto;
  editable: boolean;
}) => {
  const [t, common] = [useTranslations("library"), useTranslations("common")];
  const [items, setItems] = useState<readonly PlaylistItemDto[]>(first.items);
  const [cursor, setCursor] = useState(first.nextCursor);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const sorting = useSorting({ playlistId, items, setItems, list });
  const remove = async (itemId: string) => {
    const before = items;
    setItems(items.filter(({ id }) => id !== itemId));
    try {
      await removeItem({ playlistId, itemId });
      toast({ title: t("list.removed") });
    } catch {
      setItems(before);
      toast({ tone: "danger", title: t("failed") });
    }
  };
  const more = async () => {
    if (cursor === null) return;
    setBusy(true);
    try {
      const page = await fetchPlaylistItems({ playlistId, cursor });
      setItems((known) => [...known, ...page.items.filter((item) => !known.some(({ id }) => id === item.id))]);
      setCursor(page.nextCursor);
    } catch {
      toast({ tone: "danger", title: t("failed") });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p aria-live="assertive" className="sr-only">
        {sorting.said}
      </p>
      <ol ref={list} className="flex flex-col">
        {items.map((item) => (
          <PlaylistRow
            key={item.id}
            item={item}
            playlistId={playlistId}
            tools={
              editable
                ? {
                    handle: sorting.handleOf(item.id),
                    held: sorting.heldId === item.id,
                    onMove: (place) => sorting.moveTo(item.id, place),
                    onRemove: () => void remove(item.id),
                  }
                : null
            }
          />
        ))}
      </ol>
      {cursor === null ? null : (
        <Button className="mt-4" busy={busy} onClick={() => void more()}>
          {common("loadMore")}
        </Button>
      )}
    </>
  );
};
