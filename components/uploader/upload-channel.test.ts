import { describe, expect, it, vi } from "vitest";
import { UploadChannelStore } from "./upload-channel.ts";

const setUp = () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { kept, storage, store: new UploadChannelStore(storage) };
};
const account = { accountId: "anna", channelIds: ["one", "two"] };

describe("the channel of new files", () => {
  it("is the account's first until another is chosen, and that one the next time", () => {
    const { store, storage } = setUp();
    store.open(account);
    expect(store.snapshot()).toBe("");
    const heard = vi.fn();
    store.subscribe(heard);
    store.choose("two");
    expect(store.snapshot()).toBe("two");
    expect(heard).toHaveBeenCalledOnce();
    const later = new UploadChannelStore(storage);
    later.open(account);
    expect(later.snapshot()).toBe("two");
  });

  it("is forgotten when the account no longer works on it, and is never another account's", () => {
    const { store } = setUp();
    store.open(account);
    store.choose("two");
    store.open({ accountId: "anna", channelIds: ["one"] });
    expect(store.snapshot()).toBe("");
    store.open({ accountId: "boris", channelIds: ["two"] });
    expect(store.snapshot()).toBe("");
  });

  it("holds for the page when the browser keeps nothing", () => {
    const refuse = () => {
      throw new Error("no storage");
    };
    const store = new UploadChannelStore({ getItem: refuse, setItem: refuse });
    store.open(account);
    store.choose("two");
    expect(store.snapshot()).toBe("two");
  });
});
