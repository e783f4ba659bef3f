// The classes of the recognition network and the texts they stand for.

/** Languages of the model; any other is refused. */
export const LANGUAGES = ["eng", "fra", "deu", "spa", "ita", "por", "nld", "lat", "chi_sim"];

const CHINESE = "chi_sim";
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Greek}]$/u;
// Of what is common to all scripts: signs that documents in Latin scripts don't have.
const EAST_ASIAN = /[\u2500-\u27bf\u3000-\u33ff]/u;

/** A class's text in a Latin script: full-width forms become plain ones; null if it has none. */
function latin(key) {
  const plain = key.normalize("NFKC");
  return LATIN.test(plain) && !EAST_ASIAN.test(plain) ? plain : null;
}

/**
 * The classes that are allowed for a language.
 *
 * @param {string[]} keys the characters of the model, in the order of its classes
 * @param {string} language of LANGUAGES, or several joined by +
 * @returns {{blank: number, space: number, texts: Map<number, string>}} by class, its text
 */
export function alphabetOf(keys, language) {
  const chinese = language.split("+").includes(CHINESE);
  const texts = new Map();
  // Class 0 is CTC's blank, the last one is the space.
  [...keys, " "].forEach((key, i) => {
    const text = chinese || key === " " ? key : latin(key);
    if (text !== null) texts.set(i + 1, text);
  });
  return { blank: 0, space: keys.length + 1, texts };
}
