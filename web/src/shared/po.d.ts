/** A catalogue of translations by their English sentences; ../../po.js makes a module of it. */
declare module "*.po" {
  const translations: Record<string, string[]>;
  export default translations;
}
