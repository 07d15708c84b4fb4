import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** `primary` is the one accent action of a view; the others recede in order. */
export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
/** `medium` is 36 px high, `small` 30 px (inside rows and toolbars). */
export type ButtonSize = "medium" | "small";

const base =
  "touch inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors select-none disabled:cursor-default disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-50 data-[popup-open]:bg-hover";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:brightness-105 active:brightness-95",
  secondary: "bg-raised text-ink hover:bg-hover",
  ghost: "text-muted hover:bg-raised hover:text-ink",
  danger: "bg-raised text-danger hover:bg-danger-ground",
};

const sizes: Record<ButtonSize, string> = {
  medium: "h-9 px-3.5 text-14 [&_svg]:size-[18px]",
  small: "h-[30px] px-2.5 text-13 [&_svg]:size-4",
};

/** The look of a button, for links that act as one. */
export const buttonClass = ({
  variant = "secondary",
  size = "medium",
  className,
}: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string | undefined;
} = {}): string => classNames(base, variants[variant], sizes[size], className);

/** What a `Button` takes besides the attributes of `<button>`. */
export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows that the action runs; the button keeps its width and focus and takes no second click. */
  busy?: boolean;
};

/** A button with words. `type` is `button` unless told, so that none submits a form by accident. */
export const Button = ({ variant, size, busy = false, className, children, onClick, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-busy={busy || undefined}
    aria-disabled={busy || undefined}
    onClick={busy ? (event) => event.preventDefault() : onClick}
    className={buttonClass({ ...(variant ? { variant } : {}), ...(size ? { size } : {}), className })}
  >
    {children}
  </button>
);
