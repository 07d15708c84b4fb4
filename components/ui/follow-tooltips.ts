import type { ShownTooltip } from "#components/ui/tooltip-layer.tsx";

/** Milliseconds that a pointer rests on something before its tooltip shows. */
const openMs = 500;
/** Milliseconds in which a pointer may cross the gap between an element and its tooltip. */
const closeMs = 120;

const sides: readonly ShownTooltip["side"][] = ["top", "bottom", "left", "right"];

const tooltipOf = (anchor: HTMLElement): ShownTooltip => ({
  anchor,
  label: anchor.dataset["tooltip"] ?? "",
  side: sides.find((side) => side === anchor.dataset["tooltipSide"]) ?? "bottom",
});

const closest = (target: EventTarget | null, selector: string): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null;

/** What follows pointer and keys; `show` is called with what is to be seen, null for nothing. */
type Following = { page: Document; warm: () => void; show: (tooltip: ShownTooltip | null) => void };

/**
 * Tells which element's `data-tooltip` is to be seen: that of what the pointer rests on, or what was reached by keys. A press
 * or Escape ends it, and the pointer may go onto the tooltip itself (WCAG 2.2, 1.4.13). Returns the function that ends it.
 */
export const followTooltips = ({ page, warm, show }: Following): (() => void) => {
  let [wanted, timer]: [HTMLElement | null, ReturnType<typeof setTimeout> | undefined] = [null, undefined];
  const turnTo = (anchor: HTMLElement | null, afterMs: number) => {
    clearTimeout(timer);
    wanted = anchor;
    timer = setTimeout(() => show(anchor?.isConnected === true ? tooltipOf(anchor) : null), afterMs);
  };
  const over = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === "touch") return;
    if (closest(target, "[data-tooltip-popup]") !== null) return clearTimeout(timer);
    const anchor = closest(target, "[data-tooltip]");
    if (anchor === null) {
      if (wanted !== null) turnTo(null, closeMs);
      return;
    }
    warm();
    if (anchor !== wanted) turnTo(anchor, openMs);
  };
  const focused = ({ target }: FocusEvent) => {
    const anchor = closest(target, "[data-tooltip]");
    if (anchor?.matches(":focus-visible") === true) turnTo(anchor, 0);
  };
  const end = () => {
    if (wanted === null) return;
    turnTo(null, 0);
  };
  const pressed = () => {
    clearTimeout(timer);
    // It stays wanted, so that it does not come back until the pointer has been elsewhere.
    show(null);
  };
  const key = ({ key: name }: KeyboardEvent) => {
    if (name === "Escape") pressed();
  };
  const away = ({ relatedTarget }: PointerEvent) => {
    if (relatedTarget === null) end();
  };
  page.addEventListener("pointerover", over);
  page.addEventListener("pointerout", away);
  page.addEventListener("focusin", focused);
  page.addEventListener("focusout", end);
  page.addEventListener("pointerdown", pressed, true);
  page.addEventListener("keydown", key, true);
  return () => {
    clearTimeout(timer);
    page.removeEventListener("pointerover", over);
    page.removeEventListener("pointerout", away);
    page.removeEventListener("focusin", focused);
    page.removeEventListener("focusout", end);
    page.removeEventListener("pointerdown", pressed, true);
    page.removeEventListener("keydown", key, true);
  };
};
