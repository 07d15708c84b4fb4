import { expect, test } from "vitest";
import { type Arrival, sourceOf } from "#components/player/watch-source.ts";

const site = "https://video.example.org";
const watch = `${site}/watch/1`;

test.each<[string, Partial<Arrival>, string, string | null]>([
  ["an address that was typed", {}, "direct", null],
  ["a link on another site", { referrer: "https://News.Example.com/today?id=1" }, "external", "news.example.com"],
  ["an app", { referrer: "android-app://org.example/" }, "direct", null],
  ["a page load from the search", { referrer: `${site}/search?q=owl` }, "search", null],
  ["a change of page from the search", { previous: `${site}/search?q=owl` }, "search", null],
  ["another video", { previous: `${site}/watch/2`, referrer: `${site}/search` }, "related", null],
  ["the home page, after a link elsewhere", { previous: `${site}/`, referrer: "https://a.example" }, "browse", null],
  ["a channel", { referrer: `${site}/@owls` }, "browse", null],
  ["a playlist", { address: `${watch}?list=7`, referrer: `${site}/watch/2` }, "playlist", null],
  ["a playlist's page", { previous: `${site}/playlists/7` }, "playlist", null],
  ["a frame", { address: `${site}/embed/1`, referrer: "http://blog.example:8080/" }, "embed", "blog.example:8080"],
  ["a frame that does not tell", { framed: true }, "embed", null],
  ["a frame on this site", { framed: true, referrer: `${site}/studio` }, "embed", null],
  ["a strange host", { referrer: "https://[::1]/x" }, "direct", null],
])("tells %s", (_what, arrival, kind, host) => {
  expect(sourceOf({ address: watch, previous: null, referrer: "", framed: false, ...arrival })).toEqual({ kind, host });
});
