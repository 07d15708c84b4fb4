"use client";

import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useEventName } from "#components/webhooks/use-event-name.ts";
import type { DeliveryDto } from "#lib/webhooks/dto.ts";

const toneOf = { queued: "text-muted", delivered: "text-success", failed: "text-danger" } as const;

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // Shown as it was sent.
    return body;
  }
};

const Text = ({ title, text }: { title: string; text: string }) => (
  <div className="min-w-0">
    <h4 className="text-12 font-medium text-muted">{title}</h4>
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className="mt-1 max-h-56 overflow-auto rounded-control bg-raised p-3 font-mono text-12 break-all whitespace-pre-wrap"
    >
      {text}
    </pre>
  </div>
);

/** What happened to one delivery, in one line. */
const Facts = ({ delivery }: { delivery: DeliveryDto }) => {
  const t = useTranslations("webhooks.log");
  const format = useFormatter();
  const { status, durationMs, attempts, nextAttemptAt, state, createdAt } = delivery;
  const time = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" });
  const facts = [
    time(createdAt),
    ...(status === null ? [] : [t("status", { status })]),
    ...(durationMs === null ? [] : [t("duration", { ms: durationMs })]),
    ...(attempts === 0 ? [] : [t("attempts", { count: attempts })]),
    ...(state === "queued" && attempts > 0 && nextAttemptAt !== null ? [t("next", { date: time(nextAttemptAt) })] : []),
  ];
  return <p className="text-13 text-muted tabular-nums">{facts.join(" · ")}</p>;
};

/** One delivery: how it went, what was sent and answered, and a way to send it again. */
export const DeliveryRow = ({
  delivery,
  mayReplay,
  onReplay,
}: {
  delivery: DeliveryDto;
  mayReplay: boolean;
  onReplay: () => void;
}) => {
  const t = useTranslations("webhooks.log");
  const nameOf = useEventName();
  const [open, setOpen] = useState(false);
  const { state, type, error, answer, body } = delivery;
  return (
    <li className="py-3">
      <div className="flex items-start gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-label={t("details", { type: nameOf(type) })}
          onClick={() => setOpen(!open)}
          className="mt-px flex size-6 shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-ink"
        >
          <ChevronDown aria-hidden size={16} className={classNames("transition-transform", !open && "-rotate-90")} />
        </button>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-2 text-14">
            <span className="font-medium">{nameOf(type)}</span>
            <span className={toneOf[state]}>{t(`states.${state}`)}</span>
          </p>
          <Facts delivery={delivery} />
          {error === null ? null : <p className="text-13 text-pretty text-danger">{error.message}</p>}
        </div>
        {state !== "queued" && mayReplay ? (
          <Button size="small" onClick={onReplay}>
            {t("replay")}
          </Button>
        ) : null}
      </div>
      {open ? (
        <div className="mt-3 grid gap-3 pl-9 lg:grid-cols-2">
          <Text title={t("body")} text={pretty(body)} />
          <Text title={t("answer")} text={answer === null || answer === "" ? t("noAnswer") : answer} />
        </div>
      ) : null}
    </li>
  );
};
