import { apiRequest } from "#lib/api-client/request.ts";
import type { ChannelDefaults, SiteDefaults, UploadDefaultsDto } from "#lib/uploads/dto.ts";

/** What the caller's uploads get that do not say otherwise. Throws `ApiError`. */
export const fetchUploadDefaults = ({ signal }: { signal: AbortSignal }): Promise<UploadDefaultsDto> =>
  apiRequest({ path: "/me/upload-defaults", signal });

/** Sets what the caller's uploads get. Throws `ApiError` (`unprocessable` for a mark without an image). */
export const putUploadDefaults = (defaults: ChannelDefaults): Promise<UploadDefaultsDto> =>
  apiRequest({ path: "/me/upload-defaults", method: "PUT", body: defaults });

/** Sets the mark of new videos on channels that leave it to the site; admins only. Throws `ApiError`. */
export const putSiteUploadDefaults = (defaults: SiteDefaults): Promise<UploadDefaultsDto> =>
  apiRequest({ path: "/admin/upload-defaults", method: "PUT", body: defaults });
