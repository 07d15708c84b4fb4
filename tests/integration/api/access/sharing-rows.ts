import { db } from "#lib/db/client.ts";
import { playbackTokens } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { type Call, hidden, options, privateVideo, publicVideo, type Row, refused, shown, withBody } from "./scene.ts";

const tokens = "app/api/v1/videos/[videoId]/playback-tokens/route.ts";
const token = "app/api/v1/videos/[videoId]/playback-tokens/[tokenId]/route.ts";

const tokenOf = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const [videoId, tokenId] = [String(params?.videoId), newId()];
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().insert(playbackTokens).values({ id: tokenId, videoId, tokenHash: tokenId, expiresAt });
  return { params: { videoId, tokenId } };
};
const newToken = (prepare: () => Promise<Partial<Call>>) =>
  withBody(prepare, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });

const rowsOf = (visibility: "private" | "public"): Row[] => {
  const prepare = visibility === "private" ? privateVideo : publicVideo;
  const edits = (status: number) => (visibility === "private" ? { ...hidden(status), anonymous: 401 } : shown(status));
  return [
    { case: visibility, file: tokens, method: "GET", prepare, expected: edits(200) },
    { case: visibility, file: tokens, method: "POST", prepare: newToken(prepare), expected: edits(201) },
    { case: visibility, file: tokens, method: "DELETE", prepare, expected: edits(200) },
    { case: visibility, file: token, method: "DELETE", prepare: tokenOf(prepare), expected: edits(204) },
  ];
};

/** Routes of this area. */
export const sharingRows: Row[] = [
  ...rowsOf("private"),
  ...rowsOf("public"),
  ...refused(tokens, "PUT", "PATCH"),
  options(tokens),
  ...refused(token, "GET", "POST", "PUT", "PATCH"),
  options(token),
];
