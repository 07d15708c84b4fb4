/** The element that plays on this page; a card's silent preview is none. Null while there is no player. */
export const playingElement = (): HTMLVideoElement | null =>
  document.querySelector<HTMLVideoElement>("media-controller video");

/** Has the page's player go to a moment and shows it. False when there is no player, so that a link may do it. */
export const seekPlayer = (seconds: number): boolean => {
  const element = playingElement();
  if (element === null) return false;
  element.currentTime = seconds;
  // Where sound needs a click before it, this came from one; a refusal leaves the picture at its moment.
  void element.play().catch(() => undefined);
  element.closest("media-controller")?.scrollIntoView({ block: "nearest" });
  return true;
};
