"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type * as BaseToast from "#components/ui/base-toast.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";

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

/** Runs `work` when the page has loaded and the browser has nothing better to do. Returns the function that calls it off. */
const whenIdle = (work: () => void): (() => void) => {
  let idle: number | undefined;
  // Safari has no idle callbacks.
  const wait = () => {
    if (typeof requestIdleCallback === "function") idle = requestIdleCallback(work);
    else work();
  };
  if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { once: true });
  return () => {
    window.removeEventListener("load", wait);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
};

/**
 * Where toasts appear; once in the root layout. Reached with F6. Its code comes when the page is at rest, before there is
 * anything to say: that the network is away must be said without it.
 */
export const ToastRegion = () => {
  const [loaded, setLoaded] = useState<typeof BaseToast | null>(null);
  const messages = useSyncExternalStore(
    subscribe,
    () => waiting,
    () => nothing,
  );
  const wanted = messages.length > 0;
  useEffect(() => {
    if (loaded !== null) return;
    const load = () => {
      base.load().then(setLoaded, () => window.addEventListener("online", load, { once: true }));
    };
    const callOff = wanted ? load() : whenIdle(load);
    return () => {
      callOff?.();
      window.removeEventListener("online", load);
    };
  }, [loaded, wanted]);
  useEffect(() => {
    if (loaded === null || messages.length === 0) return;
    for (const message of messages) loaded.showToast(message);
    setWaiting([]);
  }, [loaded, messages]);
  return loaded === null ? null : <loaded.ToastRegion />;
};
