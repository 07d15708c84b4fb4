"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { moveWithin } from "#components/library/move-within.ts";
import { toast } from "#components/ui/toast.tsx";
import { moveItem } from "#lib/api-client/library.ts";
import type { PlaylistItemDto } from "#lib/library/dto.ts";

/** A playlist's items on the page. */
export type OrderedItems = readonly PlaylistItemDto[];

const placeOf = (items: OrderedItems, id: string) => items.findIndex((item) => item.id === id);

/**
 * An item that is picked up, moved about and put down. One request when it is put down; a refusal puts everything back.
 * `said` tells screen readers of each step.
 */
export const useOrder = ({
  playlistId,
  items,
  setItems,
}: {
  playlistId: string;
  items: OrderedItems;
  setItems: (items: OrderedItems) => void;
}) => {
  const t = useTranslations("library.list");
  const [held, setHeld] = useState<{ id: string; before: OrderedItems } | null>(null);
  const [said, setSaid] = useState("");
  const titleOf = (id: string) => items.find((item) => item.id === id)?.video?.title ?? t("gone");
  const say = (key: "grabbed" | "moved" | "dropped", id: string, place: number) =>
    setSaid(t(key, { title: titleOf(id), place: place + 1, count: items.length }));
  const send = async ({ id, before, after }: { id: string; before: OrderedItems; after: OrderedItems }) => {
    const place = placeOf(after, id);
    try {
      await moveItem({ playlistId, itemId: id, afterId: after[place - 1]?.id ?? null });
      say("dropped", id, place);
    } catch {
      setItems(before);
      toast({ tone: "danger", title: t("moveFailed") });
    }
  };
  const drop = () => {
    if (held === null) return;
    const { id, before } = held;
    setHeld(null);
    if (placeOf(items, id) === placeOf(before, id)) say("dropped", id, placeOf(items, id));
    else void send({ id, before, after: items });
  };
  const putBack = () => {
    if (held === null) return;
    setItems(held.before);
    setSaid(t("back", { title: titleOf(held.id) }));
    setHeld(null);
  };
  const grab = (id: string) => {
    setHeld({ id, before: items });
    say("grabbed", id, placeOf(items, id));
  };
  const shift = (id: string, to: (from: number) => number) => {
    const from = placeOf(items, id);
    const moved = moveWithin(items, from, to(from));
    if (moved === items) return;
    setItems(moved);
    say("moved", id, placeOf(moved, id));
  };
  /** Straight to a place, as the menu does. */
  const moveTo = (id: string, place: "top" | "bottom") => {
    const after = moveWithin(items, placeOf(items, id), place === "top" ? 0 : items.length - 1);
    if (after === items) return;
    setItems(after);
    void send({ id, before: items, after });
  };
  return { heldId: held?.id ?? null, said, grab, shift, drop, putBack, moveTo };
};
