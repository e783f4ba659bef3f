/** A picture's address, which has the picture in it. */
declare module "*.webp" {
  const address: string;
  export default address;
}
