/** The look of everything one types into: inputs, text areas, select triggers, the tag input's box. */
export const controlClass =
  "w-full rounded-control border border-line bg-raised text-14 text-ink transition-colors hover:border-faint focus-within:border-accent aria-invalid:border-danger data-[invalid]:border-danger focus-visible:outline-offset-0 disabled:opacity-60";
