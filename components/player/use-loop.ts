"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** Whether the video plays round and round: as state to show, and as a ref for what listens to the element. */
export const useLoop = (first: boolean): { on: boolean; onToggle: () => void; loops: RefObject<boolean> } => {
  const [on, setOn] = useState(first);
  const loops = useRef(first);
  useEffect(() => {
    loops.current = on;
  }, [on]);
  const onToggle = useCallback(() => setOn((last) => !last), []);
  return { on, onToggle, loops };
};
