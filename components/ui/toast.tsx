"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import type * as BaseToast from "#components/ui/base-toast.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { toastClass, toastCloseClass, toastRegionClass } from "#components/ui/toast-class.ts";

const base = onFirstUse(() => import("#components/ui/base-toast.tsx"));

export type { ToastMessage } from "#components/ui/base-toast.tsx";

/** What was said before the code that shows it was there; another array with each message. */
let waiting: readonly BaseToast.ToastMessage[] = [];
const listeners = new Set<() => void>();

const setWaiting = (messages: readonly BaseToast.ToastMessage[]) => {
  waiting = messages;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const nothing: readonly BaseToast.ToastMessage[] = [];

/** Shows a message at the lower edge, for what happened elsewhere. Works from any client code below `ToastRegion`. */
export const toast = (message: BaseToast.ToastMessage): void => setWaiting([...waiting, message]);

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

/** Takes messages away that were shown without the code. */
const closeAll = () => {
  for (const { onClose } of waiting) onClose?.();
  setWaiting([]);
};

/** Messages in plain form, for as long as their code cannot be fetched: that the network is away must be said without it. */
const PlainToasts = ({ messages }: { messages: readonly BaseToast.ToastMessage[] }) => {
  const t = useTranslations("common");
  return (
    <div role="alert" className={toastRegionClass}>
      {messages.map((message) => (
        <div key={message.title} className={toastClass}>
          <p className="min-w-0 flex-1 self-center text-14 font-medium">{message.title}</p>
          <button type="button" aria-label={t("close")} onClick={closeAll} className={toastCloseClass}>
            <X aria-hidden size={16} strokeWidth={1.75} />
          </button>
        </div>
      ))}
    </div>
  );
};

/** The code of toasts from the first deed on; `null` until then, `away` while it cannot be fetched. */
const useToastCode = (wanted: boolean): typeof BaseToast | "away" | null => {
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
    const callOff = wanted ? load() : atFirstDeed(load);
    return () => {
      callOff?.();
      window.removeEventListener("online", load);
    };
  }, [isThere, wanted]);
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
  const code = useToastCode(messages.length > 0);
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
