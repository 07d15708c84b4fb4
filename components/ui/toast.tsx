"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import type * as BaseToast from "#components/ui/base-toast.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import {
  toastActionClass,
  toastClass,
  toastCloseClass,
  toastRegionClass,
  toastTextClass,
} from "#components/ui/toast-class.ts";

const base = onFirstUse(() => import("#components/ui/base-toast.tsx"));

export type { ToastMessage } from "#components/ui/base-toast.tsx";

type Waiting = BaseToast.ToastMessage & { id: number };

/** What was said before the code that shows it was there; another array with each message. */
let waiting: readonly Waiting[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

const setWaiting = (messages: readonly Waiting[]) => {
  waiting = messages;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const nothing: readonly Waiting[] = [];

/** Shows a message at the lower edge, for what happened elsewhere. Works from any client code below `ToastRegion`. */
export const toast = (message: BaseToast.ToastMessage): void => {
  lastId += 1;
  setWaiting([...waiting, { ...message, id: lastId }]);
};

/** What begins anything that a toast may be about: a press, or that something plays. */
const beginnings = ["pointerdown", "keydown", "play"] as const;

/** Runs `work` at the first of them. Returns the function that calls it off. */
const atFirstDeed = (work: () => void): (() => void) => {
  const callOff = () => {
    for (const name of beginnings) document.removeEventListener(name, begin, true);
  };
  const begin = () => {
    callOff();
    work();
  };
  for (const name of beginnings) document.addEventListener(name, begin, true);
  return callOff;
};

const takeAway = (id: number) => setWaiting(waiting.filter((message) => message.id !== id));

/** A message in plain form. It stays until it is closed. */
const PlainToast = ({ id, title, description, action, onClose }: Waiting) => {
  const t = useTranslations("common");
  const close = () => {
    takeAway(id);
    onClose?.();
  };
  const act = () => {
    takeAway(id);
    action?.onSelect();
  };
  return (
    <div className={toastClass}>
      <div className={toastTextClass}>
        <p className="text-14 font-medium">{title}</p>
        {description === undefined ? null : <p className="text-13 text-muted">{description}</p>}
      </div>
      {action === undefined ? null : (
        <button type="button" onClick={act} className={toastActionClass}>
          {action.label}
        </button>
      )}
      <button type="button" aria-label={t("close")} onClick={close} className={toastCloseClass}>
        <X aria-hidden size={16} strokeWidth={1.75} />
      </button>
    </div>
  );
};

/** Messages for as long as their code cannot be fetched: that the network is away must be said without it. */
const PlainToasts = ({ messages }: { messages: readonly Waiting[] }) => (
  <div role="alert" className={toastRegionClass}>
    {messages.map((message) => (
      <PlainToast key={message.id} {...message} />
    ))}
  </div>
);

/**
 * The code of toasts from the first deed on; `null` until then, `away` while it cannot be fetched. Each new message (`lastSaid`;
 * 0 while there is none) tries again.
 */
const useToastCode = (lastSaid: number): typeof BaseToast | "away" | null => {
  const [code, setCode] = useState<typeof BaseToast | "away" | null>(base.now());
  const isThere = code !== null && code !== "away";
  useEffect(() => {
    if (isThere) return;
    const load = () => {
      base.load().then(setCode, () => {
        setCode("away");
        window.addEventListener("online", load, { once: true });
      });
    };
    const callOff = lastSaid > 0 ? load() : atFirstDeed(load);
    return () => {
      callOff?.();
      window.removeEventListener("online", load);
    };
  }, [isThere, lastSaid]);
  return code;
};

/**
 * Where toasts appear; once in the root layout. Reached with F6. The live region is there from the beginning, its code comes
 * with the first thing that somebody does.
 */
export const ToastRegion = () => {
  const t = useTranslations("notices");
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const messages = useSyncExternalStore(
    subscribe,
    () => waiting,
    () => nothing,
  );
  const code = useToastCode(messages.at(-1)?.id ?? 0);
  useEffect(() => {
    if (code === null || code === "away" || messages.length === 0) return;
    for (const message of messages) code.showToast(message);
    setWaiting([]);
  }, [code, messages]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: some readers know a live region by its attributes only
    <div ref={setRegion} role="region" aria-live="polite" aria-atomic={false} aria-label={t("title")}>
      {code === "away" ? <PlainToasts messages={messages} /> : null}
      {code === null || code === "away" || region === null ? null : <code.ToastRegion container={region} />}
    </div>
  );
};
