/** What the program says of an option, where a form says it beside a field. Pure. */

/** How several values are written in a command, which nobody does who ticks boxes. */
const joining = [/; several joined by commas$/u, /[\s\u00a0]*; plusieurs,? séparée?s par des virgules$/u];

export function formHelp(help: string): string {
  return joining.reduce((text, one) => text.replace(one, ""), help);
}
