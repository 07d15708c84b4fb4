import type { AccountExportDto, LeaveBody, LeavingDto } from "#lib/accounts/leaving/dto.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** Asks for a file with all that is kept of the account. Throws `ApiError`. */
export const askForExport = (): Promise<AccountExportDto> => apiRequest({ path: "/me/export", method: "POST" });

/** Deletes the account, after a grace time for good. Throws `ApiError` with `fields`. */
export const leaveAccount = (body: LeaveBody): Promise<LeavingDto> =>
  apiRequest({ path: "/me", method: "DELETE", body });

/** Takes the deletion back. Throws `ApiError`. */
export const keepAccount = (): Promise<void> => apiRequest({ path: "/me/restore", method: "POST" });
