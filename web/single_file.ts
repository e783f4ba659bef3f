import type { Plugin } from "vite";

/** What `ocrtune report` replaces with a study's JSON; the page has it exactly once. */
const placeholder = "__STUDY_DATA__";

/** Puts scripts and styles into the page, so that it is one file. Fails where something is left outside. */
export function singleFile(): Plugin {
  return {
    name: "single-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const pages = Object.values(bundle).filter((file) => file.fileName.endsWith(".html"));
      for (const page of pages) {
        if (page.type !== "asset") continue;
        let html = String(page.source);
        for (const file of Object.values(bundle)) {
          if (file === page) continue;
          const address = `(?:\\./)?${file.fileName.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
          const tag =
            file.type === "chunk"
              ? new RegExp(`<script[^>]*src="${address}"[^>]*></script>`)
              : new RegExp(`<link[^>]*href="${address}"[^>]*>`);
          const text = file.type === "chunk" ? file.code : String(file.source);
          const inlined =
            file.type === "chunk"
              ? `<script type="module">${text.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--")}</script>`
              : `<style>${text}</style>`;
          if (!tag.test(html)) this.error(`${file.fileName} isn't part of ${page.fileName}`);
          html = html.replace(tag, () => inlined);
          delete bundle[file.fileName];
        }
        if (html.split(placeholder).length !== 2) this.error(`${page.fileName} needs ${placeholder} exactly once`);
        page.source = html;
      }
    },
  };
}
