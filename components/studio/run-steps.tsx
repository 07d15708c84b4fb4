"use client";

import { Check, Circle, CircleDotDashed, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudioFormat } from "./use-studio-format.ts";

type Lines = NonNullable<VideoDto["progress"]>["steps"];

const icons = { waiting: Circle, running: CircleDotDashed, done: Check, failed: TriangleAlert } as const;
const tones = { waiting: "text-faint", running: "text-accent", done: "text-success", failed: "text-danger" } as const;

/** Below this a rate would be written as nothing. */
export const leastRate = 0.05;

/** Whether a step waits because the machine has no room on its disk: it goes on by itself. */
export const waitsForSpace = (line: Lines[number]): boolean =>
  line.state !== "done" && line.state !== "failed" && line.errorCode === "disk_full";

const Line = ({ line }: { line: Lines[number] }) => {
  const t = useTranslations("studio.steps");
  const format = useStudioFormat();
  const Icon = icons[line.state];
  const facts =
    line.state === "running"
      ? [
          ...(line.count > 1 ? [t("parts", { ended: line.ended, count: line.count })] : []),
          ...(line.speed === null || line.speed < leastRate ? [] : [format.rate(line.speed)]),
          format.percent(line.percent),
        ]
      : [t(`state.${line.state}`)];
  // What is done stays done; what is left waits until somebody makes room.
  const words = waitsForSpace(line) && line.speed === null ? [t("noSpace")] : facts;
  return (
    <li data-step={line.kind} data-step-state={line.state} className="flex items-baseline gap-2">
      <Icon aria-hidden size={14} strokeWidth={2} className={`shrink-0 translate-y-0.5 ${tones[line.state]}`} />
      <span className={`min-w-0 flex-1 ${line.state === "waiting" ? "text-muted" : ""}`}>{t(line.kind)}</span>
      <span className="tabular text-right text-muted">{words.join(" · ")}</span>
    </li>
  );
};

/** What a run does, kind by kind: what has ended, what goes on and how fast, what waits. */
export const RunSteps = ({ id, title, steps }: { id: string; title: string; steps: Lines }) => {
  const t = useTranslations("studio.steps");
  return (
    <ul
      id={id}
      aria-label={t("of", { title })}
      className="mt-1.5 flex flex-col gap-1 border-t border-line pt-2 text-12"
    >
      {steps.map((line) => (
        <Line key={line.kind} line={line} />
      ))}
    </ul>
  );
};
