/** Beyond this numbers are told in thousands, which take one plural form whatever follows. */
const thousand = 1000;

/** What the message `views` takes: the number as it is told ("1.2K"), and the one whose plural form it has. */
export const viewWords = ({ count, locale }: { count: number; locale: string }): { count: number; short: string } => ({
  count: count < thousand ? count : Math.floor(count / thousand) * thousand,
  short: new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(count),
});
