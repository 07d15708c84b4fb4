/** Where toasts lie: at the lower edge, above the bar of phones. */
export const toastRegionClass =
  "fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-[420px] flex-col gap-2 outline-none sm:bottom-6";

/** A toast. */
export const toastClass =
  "appear flex w-full items-start gap-3 rounded-media bg-raised px-4 py-3 text-ink shadow-float data-[limited]:hidden";

/** What closes it. */
export const toastCloseClass =
  "flex size-[30px] shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink";
