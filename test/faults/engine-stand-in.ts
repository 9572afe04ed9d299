import { PartialFailure } from "../../provider/engine/handler";
import * as handlers from "../../provider/handlers";
import { muted } from "./muted";

type Props = Parameters<typeof handlers.create>[0];

/** Does what the engine does with one resource of a dynamic provider, and keeps what the engine stores. */
export class EngineStandIn {
  state?: { id: string; outs: Props };
  constructor(readonly inputs: object) {}

  /** Creates the resource, or updates it if it exists. */
  apply = (changes: object = {}) => muted(() => this.#apply({ ...this.inputs, ...changes } as Props));
  /** Does so as an update of the engine: after `check`, and only where `diff` asks for it. */
  up = (changes: object = {}) => muted(() => this.#up({ ...this.inputs, ...changes } as Props));
  refresh = () => muted(() => this.#refresh());
  /** Deletes the resource if it exists. */
  remove = () => muted(() => this.#remove());

  async #apply(inputs: Props): Promise<void> {
    try {
      if (this.state === undefined) {
        const { id, outs } = await handlers.create(inputs);
        this.state = { id, outs: outs as Props };
      } else {
        const { id, outs } = this.state;
        this.state = { id, outs: (await handlers.update(id, outs, inputs)).outs as Props };
      }
    } catch (error) {
      if (error instanceof PartialFailure) {
        this.state = { id: error.id, outs: error.properties as Props };
      }
      throw error;
    }
  }

  async #up(inputs: Props): Promise<void> {
    const { failures = [] } = await handlers.check(this.state?.outs, inputs);
    if (failures.length > 0) {
      throw new Error(failures.map(({ reason }) => reason).join("\n"));
    }
    if (this.state === undefined) {
      return this.#apply(inputs);
    }
    const { changes, replaces = [] } = await handlers.diff(this.state.id, this.state.outs, inputs);
    if (replaces.length > 0) {
      throw new Error(`the stand-in replaces nothing: ${replaces.join(", ")}`);
    }
    return changes === true ? this.#apply(inputs) : undefined;
  }

  async #refresh(): Promise<void> {
    if (this.state === undefined) {
      return;
    }
    const { id, outs } = this.state;
    const { props } = await handlers.read(id, outs);
    this.state = props === undefined ? undefined : { id, outs: props as Props };
  }

  async #remove(): Promise<void> {
    if (this.state !== undefined) {
      await handlers.remove(this.state.id, this.state.outs);
      this.state = undefined;
    }
  }
}
