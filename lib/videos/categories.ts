/** What a video may be about: a fixed list, so that filters, pages and translations know every one. */
export const videoCategories = [
  "music",
  "film",
  "entertainment",
  "comedy",
  "gaming",
  "sports",
  "news",
  "education",
  "science",
  "howto",
  "food",
  "travel",
  "vehicles",
  "animals",
  "people",
  "art",
  "activism",
  "kids",
] as const;

/** See `videoCategories`. */
export type VideoCategory = (typeof videoCategories)[number];

/** Whether a stored text is a category of this version. */
export const isVideoCategory = (text: string | null): text is VideoCategory =>
  videoCategories.some((category) => category === text);
