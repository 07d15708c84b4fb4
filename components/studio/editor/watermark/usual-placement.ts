import type { WatermarkPlacement } from "#lib/watermarks/dto.ts";

/** Where a new mark stands until somebody moves it. */
export const usualPlacement: WatermarkPlacement = { position: "bottom-right", opacity: 0.8, scale: 0.15, margin: 0.04 };
