/** What is handed on of a video. */
export type Shared = { origin: string; videoId: string; title: string; width: number | null; height: number | null };

/** Seconds as one writes them into an address field: `1:23`, `1:02:03`. */
export const writtenTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

/** Seconds of what somebody typed (`83`, `1:23`, `1:02:03`); null for what is no time. */
export const readTime = (text: string): number | null => {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})$/.exec(text.trim());
  if (match === null) return null;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
};

/** The watch page, from a second on. */
export const shareLink = ({ origin, videoId }: Shared, startSeconds: number): string =>
  `${origin}/watch/${videoId}${startSeconds > 0 ? `?t=${startSeconds}` : ""}`;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const inAttribute = (text: string) => text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
const usualWidth = 640;

/** The frame for another site's page; oEmbed gives the same. */
export const shareCode = (shared: Shared, startSeconds: number): string => {
  const { origin, videoId, title } = shared;
  const ratio = (shared.width ?? 16) / Math.max(1, shared.height ?? 9);
  const src = `${origin}/embed/${videoId}${startSeconds > 0 ? `?start=${startSeconds}` : ""}`;
  const width = ratio < 1 ? Math.round(usualWidth * ratio) : usualWidth;
  return (
    `<iframe src="${inAttribute(src)}" title="${inAttribute(title)}" width="${width}" height="${Math.round(width / ratio)}" ` +
    'style="border:0" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen loading="lazy"></iframe>'
  );
};
