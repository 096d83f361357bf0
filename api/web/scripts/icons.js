// Small drawings for buttons, which say in words what they do: fonts don't all have such signs.

import { svg } from "./dom.js";

const PATHS = {
  up: "M5 8.5 8 2.5c1.400 0 2 1 1.700 2.300L9.200 7h3.300c.9 0 1.500.8 1.300 1.700l-.9 3.600c-.2.7-.8 1.200-1.500 1.200H5zM2.200 8.5H5v5H2.200z",
  down: "M5 7.500l3 6c1.400 0 2-1 1.700-2.300L9.200 9h3.300c.9 0 1.500-.8 1.300-1.700l-.9-3.600c-.2-.7-.8-1.200-1.500-1.200H5zM2.200 7.500H5v-5H2.200z",
  rename: "M2.5 13.500l.7-3 7.500-7.500 2.300 2.300-7.500 7.500zM9.400 4.300l2.300 2.300",
  remove: "M3.500 3.500l9 9M12.5 3.500l-9 9",
};

/** An icon as large as the text beside it. */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
