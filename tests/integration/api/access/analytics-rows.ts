import { signTicket } from "#lib/analytics/watch-token.ts";
import { newId } from "#lib/ids.ts";
import { reportOf } from "#tests/factories/watching.ts";
import {
  type Call,
  hidden,
  options,
  person,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  same,
  shown,
} from "./scene.ts";

const session = "app/api/v1/videos/[videoId]/watch-session/route.ts";
const views = "app/api/v1/videos/[videoId]/views/route.ts";
const ofVideo = ["route.ts", "csv/route.ts"].map((file) => `app/api/v1/videos/[videoId]/analytics/${file}`);
const ofChannel = ["route.ts", "csv/route.ts"].map((file) => `app/api/v1/channels/[handle]/analytics/${file}`);

const ownChannel = async (): Promise<Partial<Call>> => ({ params: { handle: person("owner").handle } });
const unknownChannel = async (): Promise<Partial<Call>> => ({ params: { handle: "nobody-has-this" } });

/** A report with a token; `of` makes it one of another video. */
const reported = (of?: string) => async (): Promise<Partial<Call>> => {
  const { params } = await publicVideo();
  const token = signTicket(of ?? String(params?.videoId), {
    ...{ sessionId: newId(), issuedAtMs: Date.now(), viewerKey: "0".repeat(32), addressKey: null },
    ...{ device: "desktop", browser: "other" },
  });
  return { ...(params === undefined ? {} : { params }), body: reportOf({ token, seq: 1, seconds: 0 }) };
};

/** What players report, and who reads it. The token stands for the viewer, so a report looks at nobody's session. */
export const analyticsRows: Row[] = [
  { case: "public", file: session, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  { case: "private", file: session, method: "GET", prepare: privateVideo, expected: hidden(200) },
  ...refused(session, "POST", "PUT", "PATCH", "DELETE"),
  options(session),
  { case: "with its token", file: views, method: "POST", prepare: reported(), expected: same(204) },
  { case: "with another video's", file: views, method: "POST", prepare: reported(newId()), expected: same(403) },
  ...refused(views, "GET", "PUT", "PATCH", "DELETE"),
  options(views),
  ...ofVideo.flatMap((file): Row[] => [
    { case: "public", file, method: "GET", prepare: publicVideo, expected: shown(200) },
    { case: "private", file, method: "GET", prepare: privateVideo, expected: { ...hidden(200), anonymous: 401 } },
    ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
    options(file),
  ]),
  ...ofChannel.flatMap((file): Row[] => [
    { case: "own", file, method: "GET", prepare: ownChannel, expected: shown(200) },
    {
      ...{ case: "unknown", file, method: "GET", prepare: unknownChannel },
      expected: same(404, { anonymous: 401, suspended: 401 }),
    },
    ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
    options(file),
  ]),
];
