import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, type Tx, transaction } from "#lib/db/client.ts";
import {
  decideLabel,
  decidePlace,
  findLook,
  findPlace,
  listLabels,
  type PlaceRow,
} from "#lib/db/queries/labels/labels.ts";
import { updateVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { auditVideo, changedVideo } from "#lib/videos/change-video.ts";
import { mostTags } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { isLabelClass } from "./classes.ts";
import type { AcceptedDto, SuggestedTagsDto, SuggestionName } from "./dto.ts";
import { isOneOf, type Words, wordsOfLabel, wordsOfPlace } from "./label-words.ts";

type Asked = { viewer: Viewer; videoId: string };

const placeOf = (row: PlaceRow | null): SuggestedTagsDto["place"] => {
  if (row === null || row.state !== "suggested" || row.latitude === null || row.longitude === null) return null;
  const place = { city: row.city, latitude: row.latitude, longitude: row.longitude };
  return { ...place, words: wordsOfPlace(place) };
};

const told = async (tx: DbOrTx, { id: videoId, tags }: VideoRow): Promise<SuggestedTagsDto> => {
  const look = await findLook(tx, videoId);
  const items = (await listLabels(tx, videoId)).flatMap(({ label, state, confidence, frames }) => {
    const words = wordsOfLabel(label);
    if (state !== "suggested" || words === null || !isLabelClass(label)) return [];
    // Somebody wrote the tag by hand.
    if (tags.some((tag) => isOneOf(tag, words))) return [];
    return [{ label, words, confidence: Math.round(confidence * 100) / 100, frames }];
  });
  return {
    state: look?.state ?? (env().labels ? "waiting" : "off"),
    items,
    place: placeOf(await findPlace(tx, videoId)),
  };
};

/** Tags that are suggested for a video, for those who work on it. Throws like `requireEditableVideo`. */
export const getSuggestedTags = ({ viewer, videoId }: Asked): Promise<SuggestedTagsDto> =>
  transaction(async (tx) => told(tx, await requireEditableVideo(tx, { viewer, videoId })));

/** What a suggestion is called, as long as it is open; throws `not_found`. */
const requireWords = async (tx: Tx, { videoId, name }: { videoId: string; name: SuggestionName }): Promise<Words> => {
  const words = name === "place" ? placeOf(await findPlace(tx, videoId))?.words : wordsOfLabel(name);
  if (words === undefined || words === null) throw new AppError("not_found");
  return words;
};

const decide = async (
  tx: Tx,
  { videoId, name, state }: { videoId: string; name: SuggestionName; state: "accepted" | "removed" },
): Promise<void> => {
  const decided =
    name === "place"
      ? await decidePlace(tx, { videoId, state })
      : await decideLabel(tx, { videoId, label: name, state });
  if (!decided) throw new AppError("not_found");
};

/**
 * Makes a suggestion an ordinary tag, in one language. Throws like `requireEditableVideo`, `not_found` for what is not suggested
 * (any more), and `conflict` for a video that has as many tags as it may.
 */
export const acceptSuggestedTag = ({
  viewer,
  videoId,
  name,
  language,
  locale,
}: Asked & { name: SuggestionName; language: Locale; locale?: Locale | undefined }): Promise<AcceptedDto> =>
  transaction(async (tx) => {
    const before = await requireEditableVideo(tx, { viewer, videoId });
    const words = await requireWords(tx, { videoId, name });
    await decide(tx, { videoId, name, state: "accepted" });
    const tag = words[language];
    const isThere = before.tags.some((known) => known.toLowerCase() === tag.toLowerCase());
    if (!isThere && before.tags.length >= mostTags) {
      throw new AppError("conflict", {
        message: `A video has at most ${mostTags} tags.`,
        hint: "Remove one of its tags first.",
      });
    }
    const tags = isThere ? before.tags : [...before.tags, tag];
    const video = await updateVideo(tx, { videoId, changes: { tags } });
    if (video === null) throw new AppError("not_found");
    await auditVideo(tx, { viewer, videoId, action: "video.accept-tag", details: { name, tag } });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return { video: await changedVideo(tx, { viewer, videoId, locale }), suggestions: await told(tx, video) };
  });

/**
 * Removes a suggestion for good: it is never made again for this video. Throws like `requireEditableVideo`, and `not_found` for
 * what is not suggested (any more).
 */
export const removeSuggestedTag = ({
  viewer,
  videoId,
  name,
}: Asked & { name: SuggestionName }): Promise<SuggestedTagsDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    await decide(tx, { videoId, name, state: "removed" });
    // Not which place: where somebody was is not kept once it was declined.
    await auditVideo(tx, { viewer, videoId, action: "video.remove-suggested-tag", details: { name } });
    return told(tx, video);
  });
