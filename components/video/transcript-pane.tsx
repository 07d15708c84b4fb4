"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { keptChoice } from "#components/player/kept-choice.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { seekPlayer } from "#components/video/seek-player.ts";
import { findHits, hitFrom, stepHit } from "#components/video/transcript-hits.ts";
import type { TranscriptLine } from "#components/video/transcript-line.ts";
import { TranscriptList } from "#components/video/transcript-list.tsx";
import { TranscriptSearch } from "#components/video/transcript-search.tsx";
import { firstTrack, type TranscriptTrack } from "#components/video/transcript-track.ts";
import { usePlayingLine } from "#components/video/use-playing-line.ts";
import { type LoadedLines, useTranscriptLines } from "#components/video/use-transcript-lines.ts";

/** What was looked for, and on which of its places one stands. */
const useHits = ({ lines, playing }: { lines: readonly TranscriptLine[]; playing: number }) => {
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const hits = useMemo(() => findHits(lines, wanted), [lines, wanted]);
  // Null: the one at the line that was said when it was looked for.
  const [stepped, setStepped] = useState<number | null>(null);
  const [from, setFrom] = useState(0);
  const current = stepped ?? hitFrom(hits, from);
  const look = (next: string) => {
    setQuery(next);
    setStepped(null);
    setFrom(Math.max(0, playing));
  };
  const step = (by: 1 | -1) => setStepped(stepHit({ count: hits.length, current, step: by }));
  return { query, look, hits, current, step };
};

/** The lines with what one does with them. */
const Lines = ({ lines, track }: { lines: readonly TranscriptLine[]; track: TranscriptTrack }) => {
  const t = useTranslations("watch.transcript");
  const playing = usePlayingLine(lines);
  const { query, look, hits, current, step } = useHits({ lines, playing });
  const [following, setFollowing] = useState(true);
  if (lines.length === 0) return <p className="px-4 pb-4 text-14 text-muted">{t("empty")}</p>;
  const stepAway = (by: 1 | -1) => {
    setFollowing(false);
    step(by);
  };
  const lookAway = (next: string) => {
    setFollowing(next === "");
    look(next);
  };
  const seek = (line: TranscriptLine) => {
    seekPlayer(line.startMs / 1000);
    setFollowing(true);
  };
  return (
    <>
      <TranscriptSearch query={query} count={hits.length} current={current} onQuery={lookAway} onStep={stepAway} />
      <div className="relative flex min-h-0 flex-1 flex-col px-2 pb-2">
        <TranscriptList
          {...{ lines, playing, hits, following }}
          hit={following ? null : (hits[current] ?? null)}
          language={track.language}
          label={t("lines")}
          onScrollAway={() => setFollowing(false)}
          onSeek={seek}
        />
        {following || playing < 0 ? null : (
          <Button
            variant="primary"
            size="small"
            onClick={() => setFollowing(true)}
            className="absolute bottom-4 left-1/2 -translate-x-1/2 shadow-float"
          >
            {t("follow")}
          </Button>
        )}
      </div>
    </>
  );
};

const rows = ["w-4/5", "w-3/5", "w-11/12", "w-2/3", "w-3/4"];

const Loaded = ({ loaded, track }: { loaded: LoadedLines; track: TranscriptTrack }) => {
  const t = useTranslations("watch.transcript");
  if (loaded.state === "there") return <Lines key={track.id} lines={loaded.lines} track={track} />;
  if (loaded.state === "loading") {
    return (
      <div role="status" aria-label={t("loading")} className="flex flex-col gap-3 px-4 pb-4">
        {rows.map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
    );
  }
  return (
    <div role="alert" className="flex flex-col items-start gap-3 px-4 pb-4 text-14">
      <p>{t("failed")}</p>
      <Button onClick={loaded.retry}>{t("retry")}</Button>
    </div>
  );
};

/**
 * What is said in the video: read along with it, looked through, and a press on a line goes there. Beside the video on wide
 * screens, over the lower half of narrow ones.
 */
export const TranscriptPane = ({
  videoId,
  tracks,
  onClose,
}: {
  videoId: string;
  tracks: readonly TranscriptTrack[];
  onClose: () => void;
}) => {
  const [t, locale] = [useTranslations("watch.transcript"), useLocale()];
  const [chosen, setChosen] = useState(() => firstTrack(tracks, [keptChoice("captions"), locale])?.id);
  const track = tracks.find(({ id }) => id === chosen) ?? tracks[0];
  const loaded = useTranscriptLines({ videoId, captionId: track?.id ?? "" });
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    pane.current?.focus({ preventScroll: true });
    pane.current?.scrollIntoView({ block: "nearest" });
  }, []);
  if (track === undefined) return null;
  return (
    <section
      ref={pane}
      tabIndex={-1}
      aria-labelledby="transcript-title"
      className="mb-6 flex h-[480px] max-h-[80dvh] flex-col rounded-media bg-surface outline-none max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:mb-0 max-lg:h-[50dvh] max-lg:rounded-b-none max-lg:shadow-float"
    >
      <div className="flex items-center gap-2 py-2 pr-2 pl-4">
        <h2 id="transcript-title" className="flex-1 text-16 font-bold">
          {t("title")}
        </h2>
        {tracks.length < 2 ? null : (
          <Select
            look="quiet"
            label={t("language")}
            value={track.id}
            options={tracks.map(({ id, label }) => ({ value: id, label }))}
            onChange={setChosen}
          />
        )}
        <IconButton label={t("close")} onClick={onClose}>
          <X aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
      <Loaded loaded={loaded} track={track} />
    </section>
  );
};
