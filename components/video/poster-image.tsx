"use client";

import { useCallback, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { PosterSources } from "#components/video/poster-sources.ts";

/** What a `PosterImage` takes. */
export type PosterImageProps = {
  src: string;
  /** Smaller copies beside `src`, and how wide the picture is drawn; without it there is `src` alone. */
  sources?: PosterSources | undefined;
  eager: boolean;
  upright: boolean;
};

/**
 * The picture of a poster, in the size that its place and the screen need; where a small copy cannot be had, the poster itself.
 * One that cannot be had either (refused when a month's delivery is used up, or gone meanwhile) leaves the ground behind it
 * instead of the sign of a broken image.
 */
export const PosterImage = ({ src, sources, eager, upright }: PosterImageProps) => {
  const [failures, setFailures] = useState({ src, count: 0 });
  const failed = failures.src === src ? failures.count : 0;
  const copies = failed === 0 ? sources : undefined;
  // Told twice of the same try, it counts once.
  const fail = useCallback(() => setFailures({ src, count: failed + 1 }), [src, failed]);
  // It may have failed before the page came alive, and then says so no more.
  const look = useCallback(
    (image: HTMLImageElement | null) => {
      if (image?.complete && image.naturalWidth === 0) fail();
    },
    [fail],
  );
  if (failed > (sources === undefined ? 0 : 1)) return null;
  return (
    // biome-ignore lint/performance/noImgElement: posters are ready in their sizes and behind access checks; no optimiser may fetch them
    <img
      // Each try is an image of its own, which can fail again.
      key={failed}
      ref={look}
      // Before the address: some browsers begin with the first one that they read.
      srcSet={copies?.srcSet}
      sizes={copies?.sizes}
      src={src}
      alt=""
      width={640}
      height={360}
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      decoding="async"
      onError={fail}
      className={classNames("size-full object-cover", upright && "object-[50%_35%]")}
    />
  );
};
