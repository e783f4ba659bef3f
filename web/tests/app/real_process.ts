/** A real `ocrtune serve` of OCRTUNE_COMMAND; what it says goes to build/web/real_server.log. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { out } from "../browser.ts";

const command = process.env.OCRTUNE_COMMAND ?? "";
if (command === "") throw new Error("say the command in OCRTUNE_COMMAND");
/** A search on a busy machine takes minutes. */
export const patience = Number(process.env.OCRTUNE_PATIENCE_S ?? 600) * 1000;

export class RealServer {
  private process: ChildProcess | null = null;
  private readonly folder: string;
  private readonly pages: string;

  constructor(folder: string, pages: string) {
    this.folder = folder;
    this.pages = pages;
  }

  /** Starts it and waits for the address, with its token, that it prints. */
  start(): Promise<string> {
    mkdirSync(out, { recursive: true });
    const log = createWriteStream(resolve(out, "real_server.log"), { flags: "a" });
    const server = spawn(resolve(command), ["serve", this.folder, "--pages", this.pages, "--no-open"], { stdio: ["ignore", "pipe", "pipe"] });
    this.process = server;
    return new Promise((found, failed) => {
      let said = "";
      const hear = (chunk: Buffer) => {
        log.write(chunk);
        said += chunk.toString();
        const match = /http:\/\/[^\s]*token=[^\s]+/.exec(said);
        if (match) found(match[0]);
      };
      server.stdout!.on("data", hear);
      server.stderr!.on("data", hear);
      server.on("exit", (status) => failed(new Error(`serve ended with ${status}: ${said}`)));
    });
  }

  /** Signals the processes of its runs of a command, and returns how many: one that is stopped finishes no trial meanwhile. */
  signalRuns(command: string, signal: "SIGSTOP" | "SIGCONT"): number {
    const runs = this.runs(command);
    for (const id of runs) process.kill(id, signal);
    return runs.length;
  }
  /** Whether a stopped run of this command is interrupted when it goes on. */
  isInterrupted(command: string): boolean {
    return this.runs(command).some((id) => {
      const pending = /^ShdPnd:\s*([0-9a-f]+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? "0";
      return ((BigInt(`0x${pending}`) >> 1n) & 1n) === 1n;  // SIGINT is 2
    });
  }
  private runs(command: string): number[] {
    return readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name)).filter((id) => {
      try {
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8"))?.[1];
        const isRun = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0")[1] === command;
        return parent === String(this.process?.pid) && isRun;
      } catch {
        return false;  // it has ended
      }
    }).map(Number);
  }

  async stop(): Promise<void> {
    const server = this.process;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
  }
}
