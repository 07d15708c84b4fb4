"use client";

import { VideoOff, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { WatchedVideo } from "#components/library/watched-video.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { Age } from "#components/video/age.tsx";
import { fetchHistory, forgetHistory } from "#lib/api-client/library.ts";
import type { HistoryItemDto, HistoryPageDto } from "#lib/library/dto.ts";

const Gone = () => {
  const t = useTranslations("library.past");
  return (
    <div className="flex min-w-0 flex-1 items-center gap-4 text-14 text-muted">
      <span className="flex aspect-video w-[42%] max-w-[224px] shrink-0 items-center justify-center rounded-control bg-raised">
        <VideoOff aria-hidden size={20} strokeWidth={1.75} />
      </span>
      {t("gone")}
    </div>
  );
};

const Row = ({ item, onForget }: { item: HistoryItemDto; onForget: () => void }) => {
  const t = useTranslations("library.past");
  const label = item.video === null ? t("removeGone") : t("remove", { title: item.video.title });
  return (
    <li className="flex items-start gap-2">
      {item.video === null ? <Gone /> : <WatchedVideo video={item.video} positionMs={item.positionMs} />}
      <span className="hidden shrink-0 pt-1.5 text-12 text-muted sm:inline">
        <Age date={item.watchedAt} />
      </span>
      <IconButton size="small" label={label} onClick={onForget}>
        <X aria-hidden strokeWidth={1.75} />
      </IconButton>
    </li>
  );
};

/** What the person watched, the latest first; each can be taken out, and more comes on demand. */
export const HistoryList = ({ first }: { first: HistoryPageDto }) => {
  const [t, common] = [useTranslations("library"), useTranslations("common")];
  const [items, setItems] = useState<readonly HistoryItemDto[]>(first.items);
  const [cursor, setCursor] = useState(first.nextCursor);
  const [busy, setBusy] = useState(false);
  const failed = () => toast({ tone: "danger", title: t("failed") });
  const forget = async (videoId: string) => {
    const before = items;
    setItems(items.filter((item) => item.videoId !== videoId));
    await forgetHistory(videoId).catch(() => {
      setItems(before);
      failed();
    });
  };
  const more = async () => {
    if (cursor === null) return;
    setBusy(true);
    try {
      const page = await fetchHistory(cursor);
      setItems((known) => [
        ...known,
        ...page.items.filter((item) => !known.some((one) => one.videoId === item.videoId)),
      ]);
      setCursor(page.nextCursor);
    } catch {
      failed();
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ul className="flex flex-col gap-4">
        {items.map((item) => (
          <Row key={item.videoId} item={item} onForget={() => void forget(item.videoId)} />
        ))}
      </ul>
      {cursor === null ? null : (
        <Button className="mt-6" busy={busy} onClick={() => void more()}>
          {common("loadMore")}
        </Button>
      )}
    </>
  );
};
