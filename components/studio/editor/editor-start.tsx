"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { CaptionListDto } from "#lib/captions/dto.ts";
import type { ChaptersDto } from "#lib/chapters/dto.ts";
import type { AudioExportDto } from "#lib/exports/dto.ts";
import type { SuggestedTagsDto } from "#lib/labels/dto.ts";
import type { PlaybackTokenPageDto } from "#lib/playback/dto.ts";
import type { VideoSharingDto } from "#lib/sharing/dto.ts";
import type { PosterDto, VideoDto } from "#lib/videos/dto.ts";
import type { VideoWatermarkDto, WatermarkListDto } from "#lib/watermarks/dto.ts";

/** What the server knew of every part when it drew the page, so that nothing shifts when the parts ask for news. */
export type EditorStart = {
  /** Where the video may stand, its own channel first. */
  channels: readonly VideoDto["channel"][];
  /** What a video may be about. */
  categories: readonly NonNullable<VideoDto["category"]>[];
  poster: PosterDto;
  marks: WatermarkListDto;
  watermark: VideoWatermarkDto;
  captions: CaptionListDto["items"];
  chapters: ChaptersDto;
  sounds: readonly AudioExportDto[];
  sharing: VideoSharingDto;
  tokens: PlaybackTokenPageDto;
  suggestions: SuggestedTagsDto;
};

const StartContext = createContext<EditorStart | null>(null);

/** Gives the parts below what they begin with. */
export const EditorStartProvider = ({ start, children }: { start: EditorStart; children: ReactNode }) => (
  <StartContext value={start}>{children}</StartContext>
);

/** What the parts begin with; null on pages that are no editor. */
export const useEditorStart = (): EditorStart | null => useContext(StartContext);
