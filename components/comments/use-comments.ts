"use client";

import { useState } from "react";
import { fetchComments, postComment } from "#lib/api-client/comments.ts";
import type { CommentDto, CommentPageDto } from "#lib/comments/dto.ts";

/** A comment on the page; `sending` while the server has not taken it yet. */
export type ShownComment = CommentDto & { sending?: boolean };

/** How the list is read: an order, or what waits for the channel. */
export type CommentView = "top" | "newest" | "held";

/** Who writes here, as their own comment shows them before the server has answered. */
export type CommentWriter = { userId: string; username: string; displayName: string; avatarUrl: string | null };

let sent = 0;

/** A comment as it will be, until the server tells. */
export const draftOf = (input: {
  videoId: string;
  parentId: string | null;
  text: string;
  writer: CommentWriter;
  repliedTo?: string | null;
}): ShownComment => {
  sent += 1;
  return {
    ...{ id: `sending-${sent}`, videoId: input.videoId, parentId: input.parentId, text: input.text },
    author: { ...input.writer, ofChannel: false },
    repliedTo: input.repliedTo ?? null,
    ...{ state: "shown", likes: 0, liked: false, replies: 0, pinned: false, editedAt: null },
    ...{ createdAt: new Date().toISOString(), own: true, sending: true },
  };
};

const queryOf = (view: CommentView) =>
  view === "held" ? ({ sort: "newest", state: "held" } as const) : ({ sort: view, state: "shown" } as const);

/**
 * A video's threads as the page shows them: begins with what the server drew; a new comment is there at once and goes again
 * when it could not be sent.
 */
export const useComments = ({
  videoId,
  first,
  linked,
  writer,
}: {
  videoId: string;
  first: CommentPageDto;
  /** What began the thread that a link named; it stands first. */
  linked: ShownComment | null;
  writer: CommentWriter | null;
}) => {
  const [view, setView] = useState<CommentView>("top");
  const [page, setPage] = useState(first);
  const [items, setItems] = useState<readonly ShownComment[]>(() =>
    linked === null || linked.id === first.pinned?.id
      ? first.items
      : [linked, ...first.items.filter(({ id }) => id !== linked.id)],
  );
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const read = async (next: CommentView, cursor?: string) => {
    setState("loading");
    try {
      const got = await fetchComments({ videoId, ...queryOf(next), limit: 20, cursor });
      setView(next);
      setPage((known) => (cursor === undefined ? got : { ...got, pinned: known.pinned }));
      setItems((known) => {
        if (cursor === undefined) return got.items;
        const ids = new Set(known.map(({ id }) => id));
        return [...known, ...got.items.filter(({ id }) => !ids.has(id))];
      });
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const change = (comment: ShownComment) => {
    setItems((known) => known.map((one) => (one.id === comment.id ? comment : one)));
    setPage((known) => (known.pinned?.id === comment.id ? { ...known, pinned: comment } : known));
  };
  const drop = (id: string) => {
    setItems((known) => known.filter((one) => one.id !== id));
    setPage((known) => (known.pinned?.id === id ? { ...known, pinned: null } : known));
  };
  const count = (by: number) => setPage((known) => ({ ...known, count: Math.max(0, known.count + by) }));
  /** Throws what the server answers; the comment is off the page then. */
  const send = async (text: string) => {
    if (writer === null) return;
    const draft = draftOf({ videoId, parentId: null, text, writer });
    setItems((known) => [draft, ...known]);
    try {
      const made = await postComment({ videoId, text, parentId: null });
      setItems((known) => known.map((one) => (one.id === draft.id ? made : one)));
      if (made.state === "shown") count(1);
    } catch (error) {
      drop(draft.id);
      throw error;
    }
  };
  return { view, page, items, state, read, send, change, drop, count, setPage };
};
