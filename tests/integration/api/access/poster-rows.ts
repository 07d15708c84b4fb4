import { hidden, options, privateVideo, publicVideo, type Row, refused, shown, withBody } from "./scene.ts";

const poster = "app/api/v1/videos/[videoId]/poster/route.ts";
const own = (status: number) => ({ ...hidden(status), anonymous: 401 });
const automatic = { kind: "auto" };
/** Refused by what it is after the caller was let in. */
const noPicture = (prepare: typeof privateVideo) => async () => ({
  ...(await prepare()),
  ...{ body: "no picture", headers: { "content-type": "image/png" } },
});

/** Routes of this area. */
export const posterRows: Row[] = [
  { case: "private", file: poster, method: "GET", prepare: privateVideo, expected: own(200) },
  { case: "public", file: poster, method: "GET", prepare: publicVideo, expected: shown(200) },
  { case: "private", file: poster, method: "PUT", prepare: withBody(privateVideo, automatic), expected: own(200) },
  { case: "public", file: poster, method: "PUT", prepare: withBody(publicVideo, automatic), expected: shown(200) },
  { case: "private, image", file: poster, method: "PUT", prepare: noPicture(privateVideo), expected: own(415) },
  { case: "public, image", file: poster, method: "PUT", prepare: noPicture(publicVideo), expected: shown(415) },
  ...refused(poster, "POST", "PATCH", "DELETE"),
  options(poster),
];
