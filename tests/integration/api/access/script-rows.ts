import { addSpoken } from "#tests/factories/findable.ts";
import { type Call, hidden, options, privateVideo, publicVideo, type Row, refused, shown } from "./scene.ts";

const file = "app/api/v1/videos/[videoId]/captions/[captionId]/script/route.ts";

const trackOf = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const videoId = String(params?.videoId);
  const captionId = await addSpoken(videoId, [[1, "Так"]]);
  return {
    params: { videoId, captionId },
    body: { version: "1", items: [{ startMs: 0, endMs: 1000, text: "Ні" }] },
  };
};

const withoutBody = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await trackOf(prepare)();
  return params === undefined ? {} : { params };
};

/** The captions of a track as they are edited: for those who may edit the video, reading too. */
export const scriptRows: Row[] = [
  ...(["private", "public"] as const).flatMap((visibility): Row[] => {
    const prepare = visibility === "private" ? privateVideo : publicVideo;
    const expected = visibility === "private" ? { ...hidden(200), anonymous: 401 } : shown(200);
    return [
      { case: visibility, file, method: "GET", prepare: withoutBody(prepare), expected },
      { case: visibility, file, method: "PUT", prepare: trackOf(prepare), expected },
    ];
  }),
  ...refused(file, "POST", "PATCH", "DELETE"),
  options(file),
];
