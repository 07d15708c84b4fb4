/**
 * Runs `begin` while the page can be seen, and what it returned when it cannot: hidden, left, or kept by the browser for the
 * way back. Returns the function that ends it.
 */
export const whileVisible = (begin: () => () => void): (() => void) => {
  let end: (() => void) | null = null;
  const stop = () => {
    end?.();
    end = null;
  };
  const look = () => {
    if (document.visibilityState === "visible") end ??= begin();
    else stop();
  };
  look();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("pagehide", stop);
    window.removeEventListener("pageshow", look);
    stop();
  };
};
