import { cloneElement, type ReactElement } from "react";
import type { ShownTooltip } from "#components/ui/tooltip-layer.tsx";

/**
 * Names its one child (a button or link) on hover and focus, through the `TooltipHost` of the page. The child still needs a
 * name of its own for screen readers.
 */
export const Tooltip = ({
  label,
  side = "bottom",
  children,
}: {
  label: string;
  side?: ShownTooltip["side"];
  children: ReactElement;
}) => cloneElement(children as ReactElement<object>, { "data-tooltip": label, "data-tooltip-side": side } as object);
