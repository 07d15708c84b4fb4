"use client";

import dynamic from "next/dynamic";

// In chunks of their own: most people only read. The server draws them as if they were not.

/** See `comment-form.tsx`. */
export const CommentForm = dynamic(() =>
  import("#components/comments/comment-form.tsx").then((module) => module.CommentForm),
);

/** See `comment-menu.tsx`. */
export const CommentMenu = dynamic(() =>
  import("#components/comments/comment-menu.tsx").then((module) => module.CommentMenu),
);
