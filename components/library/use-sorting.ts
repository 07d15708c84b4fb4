"use client";

import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { placeAt } from "#components/library/move-within.ts";
import { type OrderedItems, useOrder } from "#components/library/use-order.ts";

/** What a row's handle needs. */
export type Handle = {
  "data-handle": string;
  onKeyDown: (event: KeyboardEvent) => void;
  onPointerDown: (event: PointerEvent) => void;
  onBlur: (event: FocusEvent) => void;
};

type Order = ReturnType<typeof useOrder>;

/** While a handle is dragged the whole window is listened to: a row that moves in the page would lose a captured pointer. */
const useDrag = ({ order, list }: { order: Order; list: RefObject<HTMLOListElement | null> }) => {
  const dragged = useRef<string | null>(null);
  const latest = useRef(order);
  latest.current = order;
  useEffect(() => {
    const onMove = (event: globalThis.PointerEvent) => {
      const id = dragged.current;
      if (id === null) return;
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      latest.current.shift(id, () => placeAt(rows, event.clientY));
    };
    const end = (how: "drop" | "putBack") => () => {
      if (dragged.current === null) return;
      dragged.current = null;
      latest.current[how]();
    };
    const [onUp, onCancel] = [end("drop"), end("putBack")];
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
    };
  }, [list]);
  return dragged;
};

/**
 * Puts a playlist in order by its handles: dragged with mouse or finger, or picked up with Enter, moved with the arrow keys
 * and put down with Enter; Escape puts back, and so does whatever ends a drag without letting go.
 */
export const useSorting = (input: {
  playlistId: string;
  items: OrderedItems;
  setItems: (items: OrderedItems) => void;
  list: RefObject<HTMLOListElement | null>;
}) => {
  const { items, list } = input;
  const order = useOrder(input);
  const dragged = useDrag({ order, list });
  const { heldId } = order;
  // A row that moves in the page loses the focus on some browsers; whoever holds it with the keyboard goes on with it.
  useLayoutEffect(() => {
    if (heldId === null || items.length === 0) return;
    list.current?.querySelector<HTMLElement>(`[data-handle="${heldId}"]`)?.focus();
  }, [heldId, items, list]);
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    const held = heldId === id;
    if (event.key === "Enter" || event.key === " ") (held ? order.drop : () => order.grab(id))();
    else if (held && event.key === "ArrowUp") order.shift(id, (from) => from - 1);
    else if (held && event.key === "ArrowDown") order.shift(id, (from) => from + 1);
    else if (held && event.key === "Escape") order.putBack();
    else return;
    event.preventDefault();
  };
  const handleOf = (id: string): Handle => ({
    "data-handle": id,
    onKeyDown: onKeyDown(id),
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      dragged.current = id;
      order.grab(id);
    },
    // The focus goes elsewhere by the person's own doing only when there is an elsewhere.
    onBlur: (event) => {
      if (event.relatedTarget !== null && dragged.current === null && heldId === id) order.drop();
    },
  });
  return { heldId, said: order.said, handleOf, moveTo: order.moveTo };
};
