"use client";

import { useCallback, useEffect, useState } from "react";
import type { TranscriptLine } from "#components/video/transcript-line.ts";
import { fetchTranscript } from "#lib/api-client/transcripts.ts";

/** Lines of a text track: on the way, there, or not to be had. */
export type LoadedLines =
  | { state: "loading" }
  | { state: "failed"; retry: () => void }
  | { state: "there"; lines: readonly TranscriptLine[] };

type Answer = { captionId: string; lines: readonly TranscriptLine[] | null };

/** Fetches the lines of a text track, anew for another track and on a retry. */
export const useTranscriptLines = ({ videoId, captionId }: { videoId: string; captionId: string }): LoadedLines => {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    // A retry asks for the same again.
    void attempt;
    fetchTranscript({ videoId, captionId, signal: gone.signal }).then(
      ({ items }) => setAnswer({ captionId, lines: items }),
      () => {
        if (!gone.signal.aborted) setAnswer({ captionId, lines: null });
      },
    );
    return () => gone.abort();
  }, [videoId, captionId, attempt]);
  const retry = useCallback(() => {
    setAnswer(null);
    setAttempt((last) => last + 1);
  }, []);
  if (answer === null || answer.captionId !== captionId) return { state: "loading" };
  return answer.lines === null ? { state: "failed", retry } : { state: "there", lines: answer.lines };
};
