/** What scores are called where people read them. */
import { dictionary, type Language } from "./i18n.ts";

const names = dictionary(
  {
    confidence: "confidence",
    char_confidence: "confidence by character",
    legible: "legible characters",
    net_legible: "net legible characters",
    clarity: "clarity",
    checked_clarity: "checked clarity",
    lexicon: "words in the word list",
    garbage: "garbage",
    agreement: "agreement with other readings",
    coverage: "text that was read",
    cer: "wrong characters (CER)",
    wer: "wrong words (WER)",
    bow: "wrong words, whatever their order",
    words: "words",
    sharpness: "sharpness",
    contrast: "contrast",
    cnr: "contrast to noise",
    time: "time",
  },
  {
    confidence: "confiance",
    char_confidence: "confiance par caractère",
    legible: "caractères lisibles",
    net_legible: "caractères lisibles nets",
    clarity: "clarté",
    checked_clarity: "clarté vérifiée",
    lexicon: "mots du lexique",
    garbage: "déchets",
    agreement: "accord avec d'autres lectures",
    coverage: "texte lu",
    cer: "caractères faux (CER)",
    wer: "mots faux (WER)",
    bow: "mots faux, quel que soit leur ordre",
    words: "mots",
    sharpness: "netteté",
    contrast: "contraste",
    cnr: "contraste sur bruit",
    time: "temps",
  },
);

/** The score's name for people; the name itself where it isn't known. */
export function scoreName(name: string, language: Language): string {
  return (names[language] as Record<string, string>)[name] ?? name;
}
