"use client";

import { useEffect, useRef, useState } from "react";
import { type CommentWriter, draftOf, type ShownComment } from "#components/comments/use-comments.ts";
import { fetchReplies, postComment } from "#lib/api-client/comments.ts";

/** The replies of one thread: read when somebody opens it, page by page; a new one is there at once. */
export const useReplies = ({
  root,
  opened,
  writer,
  onCount,
}: {
  root: ShownComment;
  /** Read from the beginning. */
  opened: boolean;
  writer: CommentWriter | null;
  /** Called with how many more everybody sees now. */
  onCount: (by: number) => void;
}) => {
  const [items, setItems] = useState<readonly ShownComment[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [open, setOpen] = useState(opened);
  const [state, setState] = useState<"unread" | "loading" | "read" | "failed">("unread");
  const read = async (next?: string) => {
    setState("loading");
    try {
      const page = await fetchReplies({ commentId: root.id, cursor: next });
      setItems((known) => {
        const ids = new Set(page.items.map(({ id }) => id));
        const kept = known.filter(({ id }) => !ids.has(id));
        // What was written here meanwhile stays behind what the server knows.
        return next === undefined
          ? [...page.items, ...kept.filter(({ sending }) => sending)]
          : [...kept, ...page.items];
      });
      setCursor(page.nextCursor);
      setState("read");
    } catch {
      setState("failed");
    }
  };
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (opened) void latest.current();
  }, [opened]);
  const toggle = () => {
    if (!open && state !== "read") void read();
    setOpen(!open);
  };
  const change = (comment: ShownComment) =>
    setItems((known) => known.map((one) => (one.id === comment.id ? comment : one)));
  const drop = (id: string) => setItems((known) => known.filter((one) => one.id !== id));
  /** Throws what the server answers; the answer is off the page then. */
  const send = async ({ text, answered }: { text: string; answered: ShownComment }) => {
    if (writer === null) return;
    const repliedTo = answered.author?.username ?? null;
    const draft = draftOf({ videoId: root.videoId, parentId: root.id, text, writer, repliedTo });
    if (!open && state === "unread" && root.replies > 0) await read();
    setOpen(true);
    setItems((known) => [...known, draft]);
    try {
      const made = await postComment({ videoId: root.videoId, text, parentId: answered.id });
      setItems((known) => known.map((one) => (one.id === draft.id ? made : one)));
      setState("read");
      if (made.state === "shown") onCount(1);
    } catch (error) {
      drop(draft.id);
      throw error;
    }
  };
  return { items, open, state, more: cursor, read, toggle, send, change, drop };
};
