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

  async #refresh(): Promise<void> {
    const { id, outs } = this.state!;
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
