import type { VideoDto } from "#lib/videos/dto.ts";
import { CaptionsSection } from "./captions-section.tsx";
import { ChaptersSection } from "./chapters-section.tsx";
import { PlaybackTokens } from "./playback-tokens.tsx";
import { PosterSection } from "./poster-section.tsx";
import { SharingSection } from "./sharing-section.tsx";
import { SoundFiles } from "./sound-files.tsx";
import { SourceFile } from "./source-file.tsx";
import { SuggestedTags } from "./suggested-tags/suggested-tags.tsx";
import { WatermarkSection } from "./watermark/watermark-section.tsx";

/** Everything beside the texts that may be done to a video; each part saves by itself. */
export const EditorSections = ({ video }: { video: VideoDto }) => (
  <div className="flex flex-col gap-8">
    <SuggestedTags video={video} />
    <PosterSection video={video} />
    <WatermarkSection video={video} />
    <CaptionsSection video={video} />
    <ChaptersSection video={video} />
    <SoundFiles video={video} />
    <SharingSection video={video} />
    <PlaybackTokens video={video} />
    <SourceFile video={video} />
  </div>
);
