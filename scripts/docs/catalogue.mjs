import { require as requireTypeScript } from "tsx/cjs/api";

const load = (file) => requireTypeScript(`../../provider/${file}.ts`, import.meta.url);

/** The look-ups of the catalogue, from their sources, so that documentation needs no build. */
export const catalogue = Object.assign(
  {},
  ...[
    "catalog/hosting",
    "catalog/key-groups",
    "catalog/limits",
    "catalog/operating-systems",
    "catalog/serving",
    "catalog/setup-keys",
    "catalog/updates",
    "errors/kms-error",
  ].map(load),
);
