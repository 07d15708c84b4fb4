import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { PosterImage } from "#components/video/poster-image.tsx";

const drawn = (sources?: { srcSet: string; sizes: string }) =>
  renderToStaticMarkup(createElement(PosterImage, { src: "/p.jpg", sources, eager: false, upright: false }));

it("names the small copies before the poster, which stays for browsers that know neither", () => {
  const html = drawn({ srcSet: "/p-w320.webp 320w", sizes: "168px" });
  expect(html).toMatch(/srcset="\/p-w320\.webp 320w" sizes="168px" src="\/p\.jpg"/i);
});

it("names the poster alone where there is nothing else", () => {
  expect(drawn()).toContain('src="/p.jpg"');
  expect(drawn()).not.toMatch(/srcset|sizes/i);
});
