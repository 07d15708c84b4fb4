/** A choice of the player that is kept in this browser, or null. A browser may refuse its storage; then nothing is. */
export const keptChoice = (name: string): string | null => {
  try {
    return localStorage.getItem(`kinora.${name}`);
  } catch {
    return null;
  }
};

/** Keeps a choice in this browser, or with null forgets it. Where storage is refused it holds for the page alone. */
export const keepChoice = (name: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(`kinora.${name}`);
    else localStorage.setItem(`kinora.${name}`, value);
  } catch {
    // The page goes by its own state.
  }
};
