import {
  deletedVideo,
  hidden,
  options,
  privateVideo,
  processable,
  processing,
  publicVideo,
  type Row,
  refused,
  same,
  shown,
  withBody,
} from "./scene.ts";

const video = "app/api/v1/videos/[videoId]/route.ts";
const restore = "app/api/v1/videos/[videoId]/restore/route.ts";
const reprocess = "app/api/v1/videos/[videoId]/reprocess/route.ts";
const cancel = "app/api/v1/videos/[videoId]/cancel/route.ts";
const events = "app/api/v1/videos/[videoId]/events/route.ts";

/** Routes of this area. */
export const videoRows: Row[] = [
  { case: "list", file: "app/api/v1/videos/route.ts", method: "GET", expected: same(200, { suspended: 401 }) },
  ...refused("app/api/v1/videos/route.ts", "POST", "PUT", "PATCH", "DELETE"),
  options("app/api/v1/videos/route.ts"),
  { case: "private", file: video, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "public", file: video, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  { case: "deleted", file: video, method: "GET", prepare: deletedVideo, expected: same(404, { suspended: 401 }) },
  {
    case: "private",
    file: video,
    method: "PATCH",
    prepare: withBody(privateVideo, { title: "New" }),
    expected: { ...hidden(200), anonymous: 401 },
  },
  {
    case: "public",
    file: video,
    method: "PATCH",
    prepare: withBody(publicVideo, { title: "New" }),
    expected: shown(200),
  },
  {
    case: "private",
    file: video,
    method: "DELETE",
    prepare: privateVideo,
    expected: { ...hidden(204), anonymous: 401 },
  },
  { case: "public", file: video, method: "DELETE", prepare: publicVideo, expected: shown(204) },
  ...refused(video, "POST", "PUT"),
  options(video),
  {
    case: "deleted",
    file: restore,
    method: "POST",
    prepare: deletedVideo,
    expected: { ...hidden(200), anonymous: 401 },
  },
  ...refused(restore, "GET", "PUT", "PATCH", "DELETE"),
  options(restore),
  {
    case: "private",
    file: reprocess,
    method: "POST",
    prepare: processable("private"),
    expected: { ...hidden(202), anonymous: 401 },
  },
  { case: "public", file: reprocess, method: "POST", prepare: processable("public"), expected: shown(202) },
  ...refused(reprocess, "GET", "PUT", "PATCH", "DELETE"),
  options(reprocess),
  {
    case: "private",
    file: cancel,
    method: "POST",
    prepare: processing("private"),
    expected: { ...hidden(200), anonymous: 401 },
  },
  { case: "public", file: cancel, method: "POST", prepare: processing("public"), expected: shown(200) },
  ...refused(cancel, "GET", "PUT", "PATCH", "DELETE"),
  options(cancel),
  { case: "private", file: events, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "public", file: events, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  ...refused(events, "POST", "PUT", "PATCH", "DELETE"),
  options(events),
];
