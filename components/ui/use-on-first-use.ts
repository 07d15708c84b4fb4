import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { OnFirstUse } from "#components/ui/on-first-use.ts";
import { toast } from "#components/ui/toast.tsx";

/** Runs `work` with the next press. Returns the function that calls it off. */
const atNextPress = (work: () => void): (() => void) => {
  const stop = new AbortController();
  for (const name of ["pointerdown", "keydown"]) {
    document.addEventListener(name, work, { signal: stop.signal, capture: true, once: true });
  }
  return () => stop.abort();
};

/**
 * The module as soon as it is `wanted` and there; it stays from then on. When it cannot be fetched (the network is away, or the
 * site was updated) a message says so, the page stays as it is, and the next press tries again.
 */
export const useOnFirstUse = <Module>(code: OnFirstUse<Module>, wanted: boolean): Module | null => {
  const [state, setState] = useState<{ module: Module | null }>({ module: null });
  const t = useTranslations("common");
  const title = useRef("");
  title.current = t("partMissing");
  const isThere = state.module !== null;
  useEffect(() => {
    if (!wanted || isThere) return;
    let callOff: (() => void) | null = null;
    let isOver = false;
    const load = () => {
      callOff?.();
      code.load().then(
        (module) => setState({ module }),
        () => {
          if (isOver) return;
          toast({ title: title.current, tone: "danger" });
          callOff = atNextPress(load);
        },
      );
    };
    load();
    return () => {
      isOver = true;
      callOff?.();
    };
  }, [code, wanted, isThere]);
  return state.module;
};
