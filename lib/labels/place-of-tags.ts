/** A place on earth, in degrees of WGS 84. */
export type Place = { latitude: number; longitude: number };

/** Tags under which cameras and phones write where they are, by their lower-case names. */
const placeTags = ["com.apple.quicktime.location.iso6709", "location", "location-eng"] as const;

// ISO 6709, annex H: latitude with two, four or six digits before the point (degrees, minutes, seconds), longitude with one more.
const iso6709 =
  /^([+-])(\d{2}|\d{4}|\d{6})(\.\d+)?([+-])(\d{3}|\d{5}|\d{7})(\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS\S*)?\/?$/;

const degreesOf = ({ sign, digits, rest, whole }: { sign: string; digits: string; rest: string; whole: number }) => {
  const degrees = Number(digits.slice(0, whole));
  const [minutes, seconds] = [digits.slice(whole, whole + 2), digits.slice(whole + 2)];
  const fraction = Number(`0${rest}`);
  const value =
    minutes === ""
      ? degrees + fraction
      : seconds === ""
        ? degrees + (Number(minutes) + fraction) / 60
        : degrees + Number(minutes) / 60 + (Number(seconds) + fraction) / 3600;
  return sign === "-" ? -value : value;
};

/** About a kilometre: finer than any tag needs, coarser than a house. */
const coarse = (degrees: number) => Math.round(degrees * 100) / 100 + 0;

/** A place as ISO 6709 writes it (`+50.4501+030.5234+179.000/`), to two decimals; null for anything else, and for 0, 0, which broken devices write. */
export const parseIso6709 = (text: string): Place | null => {
  const found = iso6709.exec(text.trim());
  if (found === null) return null;
  const [, latSign = "", latDigits = "", latRest = "", lonSign = "", lonDigits = "", lonRest = ""] = found;
  const latitude = degreesOf({ sign: latSign, digits: latDigits, rest: latRest, whole: 2 });
  const longitude = degreesOf({ sign: lonSign, digits: lonDigits, rest: lonRest, whole: 3 });
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return null;
  return { latitude: coarse(latitude), longitude: coarse(longitude) };
};

/** Where a file says that it was recorded, by the tags of its container; null when it does not say. */
export const placeOfTags = (tags: Readonly<Record<string, string>>): Place | null => {
  const byName = new Map(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of placeTags) {
    const place = parseIso6709(byName.get(name) ?? "");
    if (place !== null) return place;
  }
  return null;
};
