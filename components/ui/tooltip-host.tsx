"use client";

import { useEffect, useState } from "react";
import { followTooltips } from "#components/ui/follow-tooltips.ts";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import type { ShownTooltip } from "#components/ui/tooltip-layer.tsx";

const layer = onFirstUse(() => import("#components/ui/tooltip-layer.tsx"));

/**
 * Shows the tooltips of the page's elements; once, in the root layout. What shows them is fetched when a pointer or the focus
 * first comes to something that has one; where it cannot be fetched there are none, and names are read from the elements.
 */
export const TooltipHost = () => {
  const [shown, setShown] = useState<ShownTooltip | null>(null);
  useEffect(() => {
    let newest: ShownTooltip | null = null;
    return followTooltips({
      page: document,
      warm: layer.warm,
      show: (tooltip) => {
        newest = tooltip;
        if (tooltip === null) return setShown(null);
        layer.load().then(
          () => newest === tooltip && setShown(tooltip),
          () => setShown(null),
        );
      },
    });
  }, []);
  const loaded = layer.now();
  return shown === null || loaded === null ? null : <loaded.TooltipLayer {...shown} />;
};
