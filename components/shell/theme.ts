/** How the pages look; `system` follows the device. */
export const themes = ["dark", "light", "system"] as const;
/** See `themes`. */
export type Theme = (typeof themes)[number];

/** A calm cinema is dark until someone says otherwise. */
export const defaultTheme: Theme = "dark";

/** Cookie that keeps the choice, so that the server draws the right one at once. */
export const themeCookie = "theme";

/** Whether a cookie's value names a theme. */
export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);
