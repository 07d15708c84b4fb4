import { redirect } from "next/navigation";
import { AppError } from "#lib/errors.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";

/** A page of a list; an address with a cursor that is not ours leads to the list's beginning (`start`) instead of a fault. */
export const readPage = (page: Promise<VideoPageDto>, start: string): Promise<VideoPageDto> =>
  page.catch((error: unknown) => {
    if (error instanceof AppError && error.code === "invalid_input") redirect(start);
    throw error;
  });
