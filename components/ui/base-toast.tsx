"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  toastActionClass,
  toastClass,
  toastCloseClass,
  toastRegionClass,
  toastTextClass,
} from "#components/ui/toast-class.ts";

const manager = Base.createToastManager();

/** What a toast says. */
export type ToastMessage = {
  title: string;
  description?: string;
  /** `danger` for failures: announced at once and kept until closed. */
  tone?: "plain" | "danger";
  /** One thing to do about it, such as Undo; the toast closes when it is chosen. */
  action?: { label: string; onSelect: () => void };
  /** Called when it has gone without the action: the moment to do what can no longer be undone. */
  onClose?: () => void;
};

/** Hands a message to the `ToastRegion`. */
export const showToast = ({ title, description, tone = "plain", action, onClose }: ToastMessage): void => {
  let acted = false;
  const id = manager.add({
    title,
    type: tone,
    priority: tone === "danger" ? "high" : "low",
    timeout: tone === "danger" ? 0 : action === undefined ? 5_000 : 8_000,
    ...(description === undefined ? {} : { description }),
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              acted = true;
              action.onSelect();
              manager.close(id);
            },
          },
        }),
    onClose: () => {
      if (!acted) onClose?.();
    },
  });
};

const ToastList = () => {
  const t = useTranslations("common");
  const { toasts } = Base.useToastManager();
  return toasts.map((entry) => (
    <Base.Root key={entry.id} toast={entry} className={toastClass}>
      <Base.Content className={toastTextClass}>
        <Base.Title className="text-14 font-medium data-[type=danger]:text-danger" />
        <Base.Description className="text-13 text-muted" />
      </Base.Content>
      <Base.Action className={toastActionClass} />
      <Base.Close
        aria-label={t("close")}
        // One can tab to it, so it must not be hidden from screen readers, as the library has it while toasts are stacked.
        aria-hidden={false}
        className={toastCloseClass}
      >
        <X aria-hidden size={16} strokeWidth={1.75} />
      </Base.Close>
    </Base.Root>
  ));
};

/** Where toasts appear, inside the page's live region. */
export const ToastRegion = ({ container }: { container: HTMLElement }) => (
  <Base.Provider toastManager={manager} limit={3}>
    <Base.Portal container={container}>
      <Base.Viewport role="group" className={toastRegionClass}>
        <ToastList />
      </Base.Viewport>
    </Base.Portal>
  </Base.Provider>
);
