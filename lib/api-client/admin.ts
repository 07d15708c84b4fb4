import { apiRequest } from "#lib/api-client/request.ts";
import type { SettingsDto } from "#lib/settings/dto.ts";
import type { LimitsDto } from "#lib/usage/dto.ts";

type Role = "viewer" | "creator" | "admin";

/** Changes an account's role, or suspends, restores or approves it. Throws `ApiError`. */
export const patchUser = (
  userId: string,
  patch: { role?: Role; status?: "active" | "suspended"; reason?: string },
): Promise<unknown> => apiRequest({ path: `/admin/users/${userId}`, method: "PATCH", body: patch });

/** Turns away an account that waits; its person is told, with the reason if there is one. Throws `ApiError`. */
export const rejectUser = (userId: string, reason: string): Promise<void> =>
  apiRequest({ path: `/admin/users/${userId}/reject`, method: "POST", body: reason === "" ? {} : { reason } });

/** Ends all that is signed in for an account. Throws `ApiError`. */
export const endUserSessions = (userId: string): Promise<{ sessions: number; apiTokens: number }> =>
  apiRequest({ path: `/admin/users/${userId}/sessions`, method: "DELETE" });

/** Takes a lost second factor away from an account. Throws `ApiError`. */
export const dropSecondFactor = (userId: string): Promise<void> =>
  apiRequest({ path: `/admin/users/${userId}/second-factor`, method: "DELETE" });

/** Sets an account's own limits in bytes; null follows the instance. Throws `ApiError` with `fields`. */
export const patchUserLimits = (userId: string, limits: Partial<LimitsDto["own"]>): Promise<LimitsDto> =>
  apiRequest({ path: `/admin/users/${userId}/limits`, method: "PATCH", body: limits });

/** Takes a video down. Throws `ApiError`. */
export const takeVideoDown = (videoId: string, reason: string): Promise<unknown> =>
  apiRequest({ path: `/admin/videos/${videoId}/takedown`, method: "POST", body: { reason } });

/** Puts a video back. Throws `ApiError`. */
export const putVideoBack = (videoId: string): Promise<unknown> =>
  apiRequest({ path: `/admin/videos/${videoId}/restore`, method: "POST" });

/** Has failed work tried again, or cancels it. Throws `ApiError`. */
export const changeJob = (jobId: string, change: "retry" | "cancel"): Promise<void> =>
  apiRequest({ path: `/admin/jobs/${jobId}/${change}`, method: "POST" });

/** A mail with its text; reading one is in the audit log. Throws `ApiError`. */
export const fetchMail = (mailId: string): Promise<{ text: string | null }> =>
  apiRequest({ path: `/admin/mails/${mailId}` });

/** Sends a mail that was held or failed. Throws `ApiError`. */
export const retryMail = (mailId: string): Promise<unknown> =>
  apiRequest({ path: `/admin/mails/${mailId}/retry`, method: "POST" });

/** Changes the instance's settings. Throws `ApiError` with `fields`. */
export const patchSettings = (
  patch: Partial<SettingsDto["values"]> & { reset?: SettingsDto["changed"] },
): Promise<SettingsDto> => apiRequest({ path: "/admin/settings", method: "PATCH", body: patch });
