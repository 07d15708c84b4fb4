/** What is wished of the processing of files that are taken from now on. */
export type UploadWishes = {
  /** An MP3 is made with the video; null: as the channel's defaults have it. */
  audio: boolean | null;
  /** Only the sound is wanted. */
  audioOnly: boolean;
  /** Even loudness; null: as the channel's defaults have it. */
  normalize: boolean | null;
  /** A mark's id, `none`, or `usual` for what the channel's defaults have. */
  watermark: string;
};

/** Nothing in particular: everything as the channel's defaults have it. */
export const noUploadWishes: UploadWishes = { audio: null, audioOnly: false, normalize: null, watermark: "usual" };

/** What differs from the usual, as upload options name it. */
const named = ({ audio, audioOnly, normalize, watermark }: UploadWishes): Record<string, unknown> => ({
  ...(audio === null ? {} : { audio }),
  ...(audioOnly ? { audioOnly } : {}),
  ...(normalize === null ? {} : { normalize }),
  ...(watermark === "usual" ? {} : { watermarkId: watermark === "none" ? null : watermark }),
});

/** The `options` of `Upload-Metadata`: JSON of what differs from the usual; empty when nothing does. */
export const uploadOptions = (wishes: UploadWishes): string => {
  const options = named(wishes);
  return Object.keys(options).length === 0 ? "" : JSON.stringify(options);
};

/** How many wishes differ from the usual. */
export const countUploadWishes = (wishes: UploadWishes): number => Object.keys(named(wishes)).length;

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
