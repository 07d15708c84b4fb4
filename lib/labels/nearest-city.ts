import { type City, cities } from "./cities.ts";
import type { Place } from "./place-of-tags.ts";

/** Further away nobody would say that it was there. */
const nearKm = 40;
const kmPerDegree = 111.2;

/** The nearest city of the list within 40 km, else null. Flat earth: at that distance it is off by a few hundred metres. */
export const nearestCity = ({ latitude, longitude }: Place): City | null => {
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const near = cities
    .map(([city, lat, lon]) => {
      const turn = Math.abs(lon - longitude);
      const east = Math.min(turn, 360 - turn) * shrink;
      return { city, km: Math.hypot(lat - latitude, east) * kmPerDegree };
    })
    .filter(({ km }) => km <= nearKm)
    .toSorted((a, b) => a.km - b.km);
  return near[0]?.city ?? null;
};
