import { hidden, options, type Row, refused, shown, videoOf, withBody } from "./scene.ts";

const file = "app/api/v1/videos/[videoId]/file/route.ts";
const body = { filename: "new.mp4", sizeBytes: 4 };
const originalKey = "originals/0192f000-0000-7000-8000-000000000001/0192f000-0000-7000-8000-000000000002";

/** A new file for a video. */
export const fileRows: Row[] = [
  {
    case: "private",
    file,
    method: "PUT",
    prepare: withBody(videoOf({ visibility: "private", originalKey }), body),
    expected: { ...hidden(201), anonymous: 401 },
  },
  {
    case: "public",
    file,
    method: "PUT",
    prepare: withBody(videoOf({ visibility: "public", originalKey }), body),
    expected: shown(201),
  },
  ...refused(file, "GET", "POST", "PATCH", "DELETE"),
  options(file),
];
