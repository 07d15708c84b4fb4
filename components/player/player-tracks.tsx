import type { PlayerVideo } from "#components/player/player-props.ts";

/** The `id` of the `<track>` with these captions. */
export const captionElementId = (captionId: string): string => `captions-${captionId}`;

/**
 * What the browser reads beside picture and sound: captions (drawn by `Captions`), the storyboard for the picture over the
 * track (media-chrome finds it by its label) and the chapters for the gaps in it.
 */
export const PlayerTracks = ({
  playback,
  chaptersUrl,
}: {
  playback: PlayerVideo["playback"];
  chaptersUrl: string | null;
}) => (
  <>
    {playback.captions.map(({ id, language, label, url }) => (
      <track key={id} id={captionElementId(id)} kind="captions" src={url} srcLang={language} label={label} />
    ))}
    {playback.storyboardUrl === null ? null : (
      <track key={playback.storyboardUrl} kind="metadata" label="thumbnails" src={playback.storyboardUrl} default />
    )}
    {chaptersUrl === null ? null : (
      <track key={chaptersUrl} kind="chapters" label="chapters" src={chaptersUrl} default />
    )}
  </>
);
