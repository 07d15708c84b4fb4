import { describe, expect, it } from "vitest";
import { parseIso6709, placeOfTags } from "#lib/labels/place-of-tags.ts";

describe("places in files", () => {
  it.each([
    ["+50.4501+030.5234+179.000/", { latitude: 50.45, longitude: 30.52 }],
    ["+50.4501+030.5234/", { latitude: 50.45, longitude: 30.52 }],
    ["-33.8688+151.2093", { latitude: -33.87, longitude: 151.21 }],
    ["+5027.01+03031.40/", { latitude: 50.45, longitude: 30.52 }],
    ["+502700.4-0303124.0CRSWGS_84/", { latitude: 50.45, longitude: -30.52 }],
    ["+27.5916+086.5640+8850CRSWGS_84/", { latitude: 27.59, longitude: 86.56 }],
  ])("are read to two decimals: %s", (text, place) => expect(parseIso6709(text)).toEqual(place));

  it.each(["", "Kyiv", "50.45,30.52", "+91.0+030.0/", "+50.0+181.0/", "+00.0000+000.0000/", "+50.45+30.52/", "+50.45"])(
    "are none: %j",
    (text) => expect(parseIso6709(text)).toBeNull(),
  );

  it("are looked for under the names that cameras use, whatever their case", () => {
    const place = { latitude: 50.45, longitude: 30.52 };
    expect(placeOfTags({ "com.apple.quicktime.location.ISO6709": "+50.4501+030.5234/" })).toEqual(place);
    expect(placeOfTags({ location: "+50.4501+030.5234/", title: "x" })).toEqual(place);
    expect(placeOfTags({ comment: "+50.4501+030.5234/" })).toBeNull();
  });
});
