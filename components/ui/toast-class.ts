/** Where toasts lie: at the lower edge, above the bar of phones. */
export const toastRegionClass =
  "fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-[420px] flex-col gap-2 outline-none sm:bottom-6";

/** A toast. */
export const toastClass =
  "appear flex w-full items-start gap-3 rounded-media bg-raised px-4 py-3 text-ink shadow-float data-[limited]:hidden";

/** What it says. */
export const toastTextClass = "flex min-w-0 flex-1 flex-col gap-0.5 self-center";

/** What can be done about it. */
export const toastActionClass =
  "h-[30px] shrink-0 rounded-control px-2.5 text-14 font-medium text-accent hover:bg-hover";

/** What closes it. */
export const toastCloseClass =
  "flex size-[30px] shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink";
