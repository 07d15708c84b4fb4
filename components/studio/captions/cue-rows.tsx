"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { EditedCue } from "./cue-list.ts";
import { cueClock } from "./cue-time.ts";
import { rowHeight, rowRange, topFor } from "./row-range.ts";

type RowsProps = {
  cues: readonly EditedCue[];
  /** Index of the chosen caption, and of the one that is spoken; -1 for none. */
  chosen: number;
  active: number;
  /** Keys of captions that something is wrong with. */
  faulty: ReadonlySet<number>;
  /** Keeps the spoken caption in sight. */
  follow: boolean;
  onChoose: (index: number) => void;
  /** Enter: to the chosen one's words. */
  onOpen: () => void;
  onRemove: () => void;
};

/** What is in sight of a list that scrolls, and how to bring a row there. */
const useWindow = (count: number) => {
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, height: 640 });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = () => setView({ scrollTop: element.scrollTop, height: element.clientHeight });
    const sized = new ResizeObserver(look);
    sized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const show = (index: number, place: "near" | "middle") => {
    const element = list.current;
    if (element === null || index < 0) return;
    const top = topFor({ scrollTop: element.scrollTop, height: element.clientHeight, index, place });
    if (top !== null) element.scrollTop = top;
  };
  return {
    list,
    range: rowRange({ ...view, count }),
    page: Math.max(1, Math.floor(view.height / rowHeight) - 1),
    show,
  };
};

const steps: Record<string, (at: { chosen: number; last: number; page: number }) => number> = {
  ArrowDown: ({ chosen }) => chosen + 1,
  ArrowUp: ({ chosen }) => chosen - 1,
  PageDown: ({ chosen, page }) => chosen + page,
  PageUp: ({ chosen, page }) => chosen - page,
  Home: () => 0,
  End: ({ last }) => last,
};

const Row = (props: {
  cue: EditedCue;
  index: number;
  count: number;
  chosen: boolean;
  active: boolean;
  faulty: boolean;
  onChoose: () => void;
}) => {
  const t = useTranslations("caption-editor");
  const { cue, index, count, chosen, active, faulty, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
    <div
      role="option"
      id={`cue-row-${cue.key}`}
      tabIndex={-1}
      aria-selected={chosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-current={active || undefined}
      // The list keeps the focus: a row that scrolls away would take it along.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      style={{ top: index * rowHeight, height: rowHeight }}
      className={classNames(
        "absolute inset-x-0 flex cursor-pointer gap-3 border-b border-l-2 border-b-line px-3 py-2",
        active ? "border-l-accent" : "border-l-transparent",
        chosen ? "bg-raised" : "hover:bg-hover",
      )}
    >
      <span className="tabular w-20 shrink-0 text-12 leading-5 text-muted">
        {cueClock(cue.startMs)}
        <br />
        {cueClock(cue.endMs)}
      </span>
      <span
        className={classNames("line-clamp-2 min-w-0 text-14 leading-5 whitespace-pre-line", faulty && "text-danger")}
      >
        {cue.text.trim() === "" ? <span className="text-muted">{t("noWordsYet")}</span> : cue.text}
      </span>
      {faulty ? <span className="sr-only">{t("faulty")}</span> : null}
    </div>
  );
};

/** All captions of the track, in order; only those near what is in sight are drawn. Arrows choose, Enter opens, Delete removes. */
export const CueRows = (props: RowsProps): ReactNode => {
  const t = useTranslations("caption-editor");
  const { cues, chosen, active, faulty, follow, onChoose, onOpen, onRemove } = props;
  const { list, range, page, show } = useWindow(cues.length);
  const shown = useRef(show);
  shown.current = show;
  useEffect(() => shown.current(chosen, "near"), [chosen]);
  useEffect(() => {
    if (follow) shown.current(active, "middle");
  }, [follow, active]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = cues.length - 1;
    const step = steps[event.key];
    if (step !== undefined && last >= 0) onChoose(Math.min(last, Math.max(0, step({ chosen, last, page }))));
    else if (event.key === "Enter" && chosen >= 0) onOpen();
    else if (event.key === "Delete" && chosen >= 0) onRemove();
    else return;
    event.preventDefault();
  };
  const key = chosen >= range.from && chosen < range.to ? cues[chosen]?.key : undefined;
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={t("list")}
      aria-activedescendant={key === undefined ? undefined : `cue-row-${key}`}
      onKeyDown={onKeyDown}
      className="relative h-[60dvh] overflow-y-auto rounded-control border border-line lg:h-[calc(100dvh-15rem)]"
    >
      <div role="presentation" className="relative" style={{ height: cues.length * rowHeight }}>
        {cues.slice(range.from, range.to).map((cue, offset) => {
          const index = range.from + offset;
          return (
            <Row
              key={cue.key}
              {...{ cue, index, count: cues.length, chosen: index === chosen, active: index === active }}
              faulty={faulty.has(cue.key)}
              onChoose={() => {
                list.current?.focus({ preventScroll: true });
                onChoose(index);
              }}
            />
          );
        })}
      </div>
    </div>
  );
};
