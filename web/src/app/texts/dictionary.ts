import french from "../../../../po/app/fr.po";
import { dictionaryOf } from "../../shared/i18n.ts";

/** A dictionary of what the server's page shows. */
export const dictionary = dictionaryOf(french);
