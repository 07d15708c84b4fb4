import { apiRequest } from "#lib/api-client/request.ts";
import type { ChannelDefaults, SiteDefaults, UploadDefaultsDto } from "#lib/uploads/dto.ts";

/** What uploads to a channel get that do not say otherwise. Throws `ApiError`. */
export const fetchUploadDefaults = (input: { channelId: string; signal: AbortSignal }): Promise<UploadDefaultsDto> =>
  apiRequest({ path: "/me/upload-defaults", query: { channelId: input.channelId }, signal: input.signal });

/** Sets what uploads to a channel get. Throws `ApiError` (`unprocessable` for a mark without an image). */
export const putUploadDefaults = (input: {
  channelId: string;
  defaults: ChannelDefaults;
}): Promise<UploadDefaultsDto> =>
  apiRequest({
    path: "/me/upload-defaults",
    method: "PUT",
    query: { channelId: input.channelId },
    body: input.defaults,
  });

/** Sets the mark of new videos on channels that leave it to the site; admins only. Throws `ApiError`. */
export const putSiteUploadDefaults = (defaults: SiteDefaults): Promise<UploadDefaultsDto> =>
  apiRequest({ path: "/admin/upload-defaults", method: "PUT", body: defaults });
