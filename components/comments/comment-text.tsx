import { TimedWords } from "#components/video/timed-words.tsx";

/** A comment's words: addresses leave safely, moments of the video go there. */
export const CommentText = (words: { videoId: string; text: string; durationMs: number | null }) => (
  <p className="text-14 leading-[1.45] whitespace-pre-line wrap-anywhere">
    <TimedWords {...words} />
  </p>
);
