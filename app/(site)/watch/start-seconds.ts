/** Reads `?t=`: seconds (`83`, `83s`) or parts (`1h2m3s`). Everything else begins at the beginning. */
export const startSeconds = (value: string | string[] | undefined): number => {
  if (typeof value !== "string") return 0;
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?$/.exec(value);
  if (match === null) return 0;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
};
