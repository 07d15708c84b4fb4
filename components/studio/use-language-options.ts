import { useLocale } from "next-intl";
import { useMemo } from "react";
import type { SelectOption } from "#components/ui/select.tsx";

/** Languages that are offered; any other tag that a video has already is offered beside them. */
const offered = [
  ...["uk", "en", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fa", "fi", "fr"],
  ...["ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "ms", "nl"],
  ...["no", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "ur", "uz", "vi"],
  ...["zh-Hans", "zh-Hant", "crh"],
];

/** The languages one may choose, named in the page's language and in its order; `present` is among them whatever it is. */
export const useLanguageOptions = (present: string | null): SelectOption<string>[] => {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: "language" });
    const tags = present === null || offered.includes(present) ? offered : [...offered, present];
    const order = new Intl.Collator(locale);
    return tags
      .map((tag) => {
        const [first = "", ...rest] = [...(names.of(tag) ?? tag)];
        return { value: tag, label: `${first.toLocaleUpperCase(locale)}${rest.join("")}` };
      })
      .toSorted((a, b) => order.compare(a.label, b.label));
  }, [locale, present]);
};
