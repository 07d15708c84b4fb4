"use client";

import { ScrollText } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { TranscriptTrack } from "#components/video/transcript-track.ts";
import { useWatchRoom } from "#components/video/watch-room.tsx";

// The pane and the lines come only for whoever opens it.
const TranscriptPane = dynamic(
  () => import("#components/video/transcript-pane.tsx").then((module) => module.TranscriptPane),
  { ssr: false },
);

const buttonId = "transcript-button";

/** Opens and closes the transcript. */
export const TranscriptButton = () => {
  const t = useTranslations("watch.transcript");
  const { transcript, setTranscript } = useWatchRoom();
  return (
    <Button id={buttonId} aria-expanded={transcript} onClick={() => setTranscript(!transcript)}>
      <ScrollText aria-hidden strokeWidth={1.75} />
      {t("title")}
    </Button>
  );
};

/** Where the transcript stands as long as it is open. Focus goes back to its button when it is closed. */
export const TranscriptPlace = ({ videoId, tracks }: { videoId: string; tracks: readonly TranscriptTrack[] }) => {
  const { transcript, setTranscript } = useWatchRoom();
  if (!transcript || tracks.length === 0) return null;
  const close = () => {
    setTranscript(false);
    document.getElementById(buttonId)?.focus();
  };
  return <TranscriptPane videoId={videoId} tracks={tracks} onClose={close} />;
};
