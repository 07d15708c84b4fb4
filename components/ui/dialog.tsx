"use client";

import type { DialogProps } from "#components/ui/base-dialog.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { useOnFirstUse } from "#components/ui/use-on-first-use.ts";

const base = onFirstUse(() => import("#components/ui/base-dialog.tsx"));

export type { DialogProps } from "#components/ui/base-dialog.tsx";

/**
 * A modal window: focus goes to its first field and stays inside, Escape closes, focus returns to where it came from. Its code
 * is fetched when it first opens.
 */
export const Dialog = (props: DialogProps) => {
  const loaded = useOnFirstUse(base, props.open);
  return loaded === null ? null : <loaded.Dialog {...props} />;
};
