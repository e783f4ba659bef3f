// The engine's side of ocrtune's engine protocol: JSON lines on standard input and output.
import { createInterface } from "node:readline";

/**
 * Answers requests until standard input ends.
 *
 * @param {object} hello the first line
 * @param {(page: object) => Promise<object>} read gives the answer for a page
 */
export async function serve(hello, read) {
  const write = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  write(hello);
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      write({ id: request.id, ...(await read(request)) });
    } catch (error) {
      write({ id: request.id, error: error.message });
    }
  }
}
