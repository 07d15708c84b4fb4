"use client";

import { useCallback, useState } from "react";

/** Something that opens over the picture: whether it is open, and whether it ever was, which is when its script is fetched. */
export type Panel = { open: boolean; used: boolean; setOpen: (open: boolean) => void; toggle: () => void };

/** Keeps one such thing. */
export const usePanel = (): Panel => {
  const [{ open, used }, set] = useState({ open: false, used: false });
  const setOpen = useCallback((next: boolean) => set((last) => ({ open: next, used: last.used || next })), []);
  const toggle = useCallback(() => set((last) => ({ open: !last.open, used: true })), []);
  return { open, used, setOpen, toggle };
};
