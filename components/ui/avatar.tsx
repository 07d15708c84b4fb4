import { classNames } from "#components/ui/class-names.ts";

const tints = ["bg-tint-1", "bg-tint-2", "bg-tint-3", "bg-tint-4", "bg-tint-5", "bg-tint-6"] as const;

const sizes = {
  24: "size-6 text-[10px]",
  32: "size-8 text-12",
  40: "size-10 text-14",
  80: "size-20 text-28",
} as const;

/** First letters of the first two words, or of the one there is. */
const initials = (name: string) => {
  const words = name.split(/[\s._-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toLocaleUpperCase();
};

/** A stable number for a text, so that a channel keeps its tint. */
const tintOf = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);

/** A round sign for a person or channel: their picture, or its initials on a tint of its own. Decoration: the name stands beside it. */
export const Avatar = ({
  name,
  src = null,
  size = 32,
}: {
  name: string;
  /** Address of the picture; null without one. */
  src?: string | null;
  size?: keyof typeof sizes;
}) =>
  src === null ? (
    <span
      aria-hidden
      // Drawn by the style sheet: letters in the page would count as a part of the name of the button or link around them.
      data-initials={initials(name)}
      className={classNames(
        "before:content-[attr(data-initials)]",
        "inline-flex shrink-0 items-center justify-center rounded-[50%] font-bold text-on-tint select-none",
        sizes[size],
        tints[tintOf(name) % tints.length],
      )}
    />
  ) : (
    <span
      aria-hidden
      className={classNames(
        "inline-block shrink-0 rounded-[50%] bg-raised bg-cover bg-center select-none",
        sizes[size],
      )}
      // As a background: one that is gone by now leaves a quiet disc, not the sign of a broken image.
      style={{ backgroundImage: `url(${JSON.stringify(src)})` }}
    />
  );
