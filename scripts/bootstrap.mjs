import { build } from "./build.mjs";
import { ensureEngine } from "./engine.mjs";
import { ensureInstalled } from "./install.mjs";
import { say } from "./shared/say.mjs";

/** From a fresh clone to a built package and an engine; returns the engine. */
export async function bootstrap() {
  await ensureInstalled();
  await build();
  const engine = await ensureEngine();
  say(`Pulumi ${engine.version}, ${engine.how}`);
  return engine;
}
