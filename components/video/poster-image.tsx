"use client";

import { useCallback, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";

/**
 * The picture of a poster. One that cannot be had (refused when a month's delivery is used up, or gone meanwhile) leaves the
 * ground behind it instead of the sign of a broken image.
 */
export const PosterImage = ({ src, eager, upright }: { src: string; eager: boolean; upright: boolean }) => {
  const [failed, setFailed] = useState<string | null>(null);
  // It may have failed before the page came alive, and then says so no more.
  const look = useCallback(
    (image: HTMLImageElement | null) => {
      if (image?.complete && image.naturalWidth === 0) setFailed(src);
    },
    [src],
  );
  if (failed === src) return null;
  return (
    // biome-ignore lint/performance/noImgElement: posters are ready in one size and behind access checks; no optimiser may fetch them
    <img
      ref={look}
      src={src}
      alt=""
      width={640}
      height={360}
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      decoding="async"
      onError={() => setFailed(src)}
      className={classNames("size-full object-cover", upright && "object-[50%_35%]")}
    />
  );
};
