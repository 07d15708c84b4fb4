/** The look of a floating list: menus and selects. */
export const popupClass =
  "appear max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto rounded-media bg-raised p-1.5 text-ink shadow-float outline-none";

/** The look of one entry in a floating list. */
export const popupItemClass =
  "flex w-full items-center gap-3 rounded-control px-2.5 py-2 text-left text-14 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-[18px] [&_svg]:shrink-0 [&_svg]:text-muted";
