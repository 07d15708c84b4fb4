"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** What a `Dialog` takes; it is controlled by `open`. */
export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** The buttons at the end, the main one last. */
  actions?: ReactNode;
  /** Widest in pixels: 440 or 640. */
  size?: "small" | "large";
  children?: ReactNode;
};

/** What can be typed into or chosen from, in the order of the page. */
const fields = "input:not([type=hidden], [readonly], [disabled], [hidden]), textarea, [role=combobox]";

/** A modal window: focus goes to its first field and stays inside, Escape closes, focus returns to where it came from. */
export const Dialog = ({ open, onOpenChange, title, description, actions, size = "small", children }: DialogProps) => {
  const t = useTranslations("common");
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          ref={popup}
          // A finger would have its keyboard jump up, so that only the window itself is focused then.
          initialFocus={(how) => how === "touch" || (popup.current?.querySelector<HTMLElement>(fields) ?? true)}
          className={classNames(
            "appear fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-media bg-surface text-ink shadow-float outline-none",
            size === "small" ? "max-w-[440px]" : "max-w-[640px]",
          )}
        >
          <div className="flex items-start gap-4 px-6 pt-5">
            <div className="flex-1">
              <Base.Title className="text-20 font-bold">{title}</Base.Title>
              {description === undefined ? null : (
                <Base.Description className="mt-1 text-14 text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label={t("close")}
              className="-mr-2 flex size-9 shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-ink"
            >
              <X aria-hidden size={20} strokeWidth={1.75} />
            </Base.Close>
          </div>
          <div className="overflow-y-auto px-6 pt-4 pb-6">{children}</div>
          {actions === undefined ? null : (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-6 py-4">{actions}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
