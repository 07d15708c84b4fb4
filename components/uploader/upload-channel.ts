/**
 * Holds the channel into which new files go and remembers the last one per account in this browser. A storage that refuses
 * (private mode, full) only costs the memory.
 */
export class UploadChannelStore {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #listeners = new Set<() => void>();
  #name = "";
  #chosen = "";

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  /** The channel's id; empty for the account's first. */
  readonly snapshot = (): string => this.#chosen;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes up what an account chose last, if it still works on that channel. */
  open({ accountId, channelIds }: { accountId: string; channelIds: readonly string[] }): void {
    this.#name = `kinora:upload-channel:${accountId}`;
    const remembered = this.#remembered();
    this.#set(channelIds.includes(remembered) ? remembered : "");
  }

  /** Chooses the channel of the files that are taken from now on. */
  choose(channelId: string): void {
    try {
      this.#storage.setItem(this.#name, channelId);
    } catch {
      // Then it holds for this page only.
    }
    this.#set(channelId);
  }

  #remembered(): string {
    try {
      return this.#storage.getItem(this.#name) ?? "";
    } catch {
      return "";
    }
  }

  #set(channelId: string): void {
    if (channelId === this.#chosen) return;
    this.#chosen = channelId;
    for (const listener of this.#listeners) listener();
  }
}
