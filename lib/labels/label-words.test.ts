import { describe, expect, it } from "vitest";
import { cities } from "#lib/labels/cities.ts";
import { labelClasses } from "#lib/labels/classes.ts";
import { isOneOf, searchedLabelWords, wordsOfLabel, wordsOfPlace } from "#lib/labels/label-words.ts";
import { nearestCity } from "#lib/labels/nearest-city.ts";

describe("words", () => {
  it("are there for every kind of thing, each its own, short enough for a tag", () => {
    const words = labelClasses.map((label) => wordsOfLabel(label));
    expect(words.every((word) => word !== null && word.en.length <= 50 && word.uk.length <= 50)).toBe(true);
    expect(new Set(words.map((word) => word?.en)).size).toBe(80);
    expect(new Set(words.map((word) => word?.uk)).size).toBe(80);
    expect(wordsOfLabel("dog")).toEqual({ en: "dog", uk: "собака" });
    expect(wordsOfLabel("unicorn")).toBeNull();
  });

  it("are known however a tag writes them", () => {
    const dog = { en: "dog", uk: "собака" };
    expect([isOneOf("Собака", dog), isOneOf(" DOG ", dog), isOneOf("dogs", dog)]).toEqual([true, true, false]);
  });
});

describe("words that a video is found by", () => {
  const found = (state: "suggested" | "accepted", tags: readonly string[]) =>
    searchedLabelWords({ labels: [{ label: "dog", state }], tags });

  it("are those of suggestions, and of accepted ones while the tag is there", () => {
    expect(found("suggested", [])).toEqual(["dog", "собака"]);
    expect(found("accepted", ["Собака"])).toEqual(["dog", "собака"]);
    expect(found("accepted", ["парк"])).toEqual([]);
    expect(searchedLabelWords({ labels: [{ label: "unicorn", state: "suggested" }], tags: [] })).toEqual([]);
  });
});

describe("places", () => {
  it("have a city when one is near, else coordinates", () => {
    expect(nearestCity({ latitude: 50.4, longitude: 30.6 })).toBe("kyiv");
    expect(nearestCity({ latitude: 48.16, longitude: 24.5 })).toBeNull();
    expect(wordsOfPlace({ latitude: 50.4, longitude: 30.6, city: "kyiv" })).toEqual({ en: "Kyiv", uk: "Київ" });
    expect(wordsOfPlace({ latitude: 48.16, longitude: -24.5, city: null }).uk).toBe("48.16, -24.50");
  });

  it("are measured across the date line and near the poles", () => {
    expect(nearestCity({ latitude: -36.85, longitude: 174.76 - 360 })).toBe("auckland");
    expect(nearestCity({ latitude: 90, longitude: 0 })).toBeNull();
  });

  it("of every city are its own", () => {
    for (const [city, latitude, longitude] of cities) expect(nearestCity({ latitude, longitude })).toBe(city);
    expect(cities.every(([city]) => wordsOfPlace({ latitude: 0, longitude: 0, city }).uk.length > 2)).toBe(true);
  });
});
