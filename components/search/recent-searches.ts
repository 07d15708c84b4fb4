const storageKey = "kinora:recent-searches";
const most = 8;

const parse = (text: string | null): string[] => {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, most) : [];
  } catch {
    // Spoilt by something else: as good as empty.
    return [];
  }
};

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const attempt = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch {
    // Access denied or no room: the box only remembers less.
    return otherwise;
  }
};

/** The last searches of this browser, the latest first; they never leave it. `storage` throws where access is denied. */
export const recentSearches = (storage: () => Kept = () => localStorage) => {
  const read = () => attempt(() => parse(storage().getItem(storageKey)), []);
  return {
    read,
    /** Puts a search on top, once. */
    keep: (search: string): void => {
      const words = search.replaceAll(/\s+/g, " ").trim().slice(0, 200);
      if (words === "") return;
      const others = read().filter((known) => known.toLowerCase() !== words.toLowerCase());
      attempt(() => storage().setItem(storageKey, JSON.stringify([words, ...others].slice(0, most))), undefined);
    },
    clear: (): void => attempt(() => storage().removeItem(storageKey), undefined),
  };
};
