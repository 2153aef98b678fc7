const MOST = 48;
const LONGEST = 40;

/** Distinct words of some texts, the first ones: letters and digits only, so that no text is a query of its own. */
export const searchWords = (texts: readonly string[]): string[] => {
  const words = texts.flatMap((text) =>
    text
      .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= 2 && word.length <= LONGEST && !/^\d+$/.test(word)),
  );
  return [...new Set(words)].slice(0, MOST);
};
