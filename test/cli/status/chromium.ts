import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Where Debian has it, besides the PATH. */
const folders = [...(process.env.PATH ?? "").split(path.delimiter).filter(Boolean), "/usr/bin"];

/** Path of Chromium; undefined where it is not installed. */
export const findChromium = () => folders.map((folder) => path.join(folder, "chromium")).find(isExecutable);

/** Starts it without a window and without calls of its own. */
export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
