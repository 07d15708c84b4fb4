import { apiRequest } from "#lib/api-client/request.ts";
import type { AcceptedDto, LabelSettingsDto, SuggestedTagsDto, SuggestionName } from "#lib/labels/dto.ts";

/** Tags that are suggested for a video. Throws `ApiError`. */
export const fetchSuggestedTags = (videoId: string): Promise<SuggestedTagsDto> =>
  apiRequest({ path: `/videos/${videoId}/suggested-tags` });

/** Makes a suggestion a tag. Throws `ApiError` (`not_found`, `conflict`). */
export const acceptSuggestedTag = (input: {
  videoId: string;
  name: SuggestionName;
  language: "en" | "uk";
}): Promise<AcceptedDto> =>
  apiRequest({
    ...{ path: `/videos/${input.videoId}/suggested-tags/${input.name}`, method: "PUT" },
    body: { language: input.language },
  });

/** Removes a suggestion for good. Throws `ApiError` (`not_found`). */
export const removeSuggestedTag = (input: { videoId: string; name: SuggestionName }): Promise<SuggestedTagsDto> =>
  apiRequest({ path: `/videos/${input.videoId}/suggested-tags/${input.name}`, method: "DELETE" });

/** Chooses what may be read out of one's files. Throws `ApiError`. */
export const putLabelSettings = (settings: LabelSettingsDto): Promise<LabelSettingsDto> =>
  apiRequest({ path: "/me/label-settings", method: "PUT", body: settings });
