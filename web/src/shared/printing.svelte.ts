/** Whether the page is being printed: what is drawn is then drawn for paper, and all of it. */
class Printing {
  now = $state(false);

  constructor() {
    if (typeof window === "undefined" || typeof matchMedia !== "function") return;
    const print = matchMedia("print");
    this.now = print.matches;
    print.addEventListener("change", (event) => (this.now = event.matches));
    addEventListener("beforeprint", () => (this.now = true));
    addEventListener("afterprint", () => (this.now = false));
  }
}

export const printing = new Printing();
