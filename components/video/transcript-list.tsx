"use client";

import { type KeyboardEvent, memo, type PointerEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { clock } from "#components/video/duration.ts";
import type { TranscriptHit } from "#components/video/transcript-hits.ts";
import type { TranscriptLine } from "#components/video/transcript-line.ts";

/** What a `TranscriptList` takes. */
export type TranscriptListProps = {
  lines: readonly TranscriptLine[];
  language: string;
  label: string;
  /** The line that is being said; -1 for none. */
  playing: number;
  hits: readonly TranscriptHit[];
  /** The hit that one stands on; null for none. */
  hit: TranscriptHit | null;
  /** Whether the list keeps the line that is being said in sight. */
  following: boolean;
  /** The reader has scrolled away. */
  onScrollAway: () => void;
  onSeek: (line: TranscriptLine) => void;
};

const Text = ({ text, hits, hit }: { text: string; hits: readonly TranscriptHit[]; hit: TranscriptHit | null }) => {
  let at = 0;
  const parts = hits.flatMap((one) => {
    const before = text.slice(at, one.start);
    at = one.end;
    const marked = (
      <mark
        key={one.start}
        data-current={one === hit || undefined}
        className="rounded-xs bg-transparent font-bold text-accent data-current:bg-accent data-current:text-on-accent"
      >
        {text.slice(one.start, one.end)}
      </mark>
    );
    return [before, marked];
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
};

type RowProps = {
  line: TranscriptLine;
  index: number;
  playing: boolean;
  reachable: boolean;
  hits: readonly TranscriptHit[];
  hit: TranscriptHit | null;
  onSeek: (line: TranscriptLine) => void;
};

const Row = memo(({ line, index, playing, reachable, hits, hit, onSeek }: RowProps) => (
  <li className="[contain-intrinsic-size:auto_2rem] [content-visibility:auto]">
    <button
      type="button"
      data-line={index}
      tabIndex={reachable ? 0 : -1}
      aria-current={playing || undefined}
      onClick={() => onSeek(line)}
      className={classNames(
        "flex w-full gap-3 rounded-control px-2 py-1.5 text-left text-14 -outline-offset-2 hover:bg-raised",
        playing && "bg-raised font-medium",
      )}
    >
      <span className="tabular w-14 shrink-0 text-accent">{clock(line.startMs)}</span>
      <span className="min-w-0 wrap-anywhere whitespace-pre-line">
        <Text text={line.text} hits={hits} hit={hit} />
      </span>
    </button>
  </li>
));
Row.displayName = "TranscriptRow";

const noHits: readonly TranscriptHit[] = [];

/** Puts a line into the middle of its list without moving the page. */
const show = (list: HTMLElement | null, line: number) => {
  const row = list?.children[line];
  if (list === null || !(row instanceof HTMLElement)) return;
  const centre = () => {
    list.scrollTop = row.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
  };
  centre();
  // Rows that were out of sight have their true height only now.
  requestAnimationFrame(centre);
};

const scrollKeys = new Set(["PageUp", "PageDown"]);

/** Arrows, Home and End go from line to line; the list is one stop of the Tab key. */
const moveFocus = (event: KeyboardEvent<HTMLElement>, count: number): boolean => {
  const focused = event.target instanceof HTMLElement ? Number(event.target.dataset["line"]) : Number.NaN;
  if (!Number.isInteger(focused)) return false;
  const targets: Record<string, number> = {
    ...{ ArrowDown: Math.min(count - 1, focused + 1), ArrowUp: Math.max(0, focused - 1) },
    ...{ Home: 0, End: count - 1 },
  };
  const target = targets[event.key];
  if (target === undefined) return false;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>(`[data-line="${target}"]`)?.focus();
  return true;
};

/** Keeps what matters in sight: the line that is being said, else the hit that one stands on. */
const useSight = (list: RefObject<HTMLOListElement | null>, { playing, following, hit }: TranscriptListProps) => {
  useEffect(() => {
    if (following && playing >= 0) show(list.current, playing);
  }, [list, following, playing]);
  useEffect(() => {
    if (hit !== null) show(list.current, hit.line);
  }, [list, hit]);
};

/** The lines of a transcript. It scrolls by itself only while the reader has not scrolled away. */
export const TranscriptList = (props: TranscriptListProps) => {
  const { lines, language, label, playing, hits, hit, onScrollAway, onSeek } = props;
  const list = useRef<HTMLOListElement>(null);
  useSight(list, props);
  const byLine = useMemo(() => Map.groupBy(hits, ({ line }) => line), [hits]);
  const reachable = hit?.line ?? Math.max(0, playing);
  // Only what a reader does tells that they scroll; heights that become known move the list too.
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.target === event.currentTarget) onScrollAway();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (moveFocus(event, lines.length) || scrollKeys.has(event.key)) onScrollAway();
  };
  return (
    <ol
      ref={list}
      lang={language}
      aria-label={label}
      onWheel={onScrollAway}
      onTouchMove={onScrollAway}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
    >
      {lines.map((line, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one track never change their places
          key={index}
          line={line}
          index={index}
          playing={index === playing}
          reachable={index === reachable}
          hits={byLine.get(index) ?? noHits}
          hit={hit?.line === index ? hit : null}
          onSeek={onSeek}
        />
      ))}
    </ol>
  );
};
