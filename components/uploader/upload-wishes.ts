/** What is wished of the processing of files that are taken from now on. */
export type UploadWishes = {
  /** An MP3 is made with the video. */
  audio: boolean;
  /** Only the sound is wanted. */
  audioOnly: boolean;
  /** Even loudness. */
  normalize: boolean;
  watermarkId: string | null;
};

/** Nothing in particular. */
export const noUploadWishes: UploadWishes = { audio: false, audioOnly: false, normalize: false, watermarkId: null };

/** The `options` of `Upload-Metadata`: JSON of what differs from the usual; empty when nothing does. */
export const uploadOptions = (wishes: UploadWishes): string => {
  const wished = Object.entries(wishes).filter(([, value]) => value !== false && value !== null);
  return wished.length === 0 ? "" : JSON.stringify(Object.fromEntries(wished));
};

/** How many wishes differ from the usual. */
export const countUploadWishes = (wishes: UploadWishes): number =>
  Object.values(wishes).filter((value) => value !== false && value !== null).length;

/** Holds the wishes for the next files; forgotten with the page, so that nobody is surprised a day later. */
export class UploadWishesStore {
  readonly #listeners = new Set<() => void>();
  #wishes: UploadWishes = noUploadWishes;

  /** The wishes as they are now; the same object until something changes. */
  readonly snapshot = (): UploadWishes => this.#wishes;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes what is wished of files that are taken from now on. */
  wish(change: Partial<UploadWishes>): void {
    this.#wishes = { ...this.#wishes, ...change };
    for (const listener of this.#listeners) listener();
  }
}
