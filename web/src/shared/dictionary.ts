import french from "../../../po/report/fr.po";
import { dictionaryOf } from "./i18n.ts";

/** A dictionary of what reports show, and the server's page with them. */
export const dictionary = dictionaryOf(french);
