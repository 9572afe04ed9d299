import { deadlineIn } from "../engine/clock";
import type { Handler } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { openScaleSet } from "../machine/scale-set";
import type { ScaleSetCapacityInputs, ScaleSetCapacityOutputs } from "./scale-set-capacity-state";
import { presentScaleSet } from "./scale-set-group";

/** How long the look at a scale set may take. */
const readMinutes = 2;

/** The number of instances that Azure keeps; undefined where there is no such set. */
async function capacityInAzure(id: string): Promise<number | undefined> {
  return (await presentScaleSet(openScaleSet(id), deadlineIn(readMinutes)))?.capacity;
}

const current = async ({
  scaleSetId,
  capacity,
}: ScaleSetCapacityInputs): Promise<ScaleSetCapacityOutputs> => ({
  scaleSetId,
  capacity: (await capacityInAzure(scaleSetId)) ?? capacity,
});

/** How many instances an autoscaled set has: only an update looks, directly before the set itself is updated. */
export const scaleSetCapacityHandler: Handler<ScaleSetCapacityInputs, ScaleSetCapacityOutputs> = {
  check: () => [],
  async diff(olds, news) {
    if (news.preview || containsUnknown(news)) {
      return { changes: false };
    }
    const { scaleSetId, capacity } = await current(news);
    return { changes: scaleSetId !== olds.scaleSetId || capacity !== olds.capacity };
  },
  create: async (inputs) => ({ id: inputs.scaleSetId, outs: await current(inputs) }),
  read: async (_id, olds) => ({
    ...olds,
    capacity: (await capacityInAzure(olds.scaleSetId)) ?? olds.capacity,
  }),
  update: (_id, _olds, news) => current(news),
  remove: async () => undefined,
};
