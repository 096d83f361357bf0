// What is told to those who don't see the page: once a thing is done, never for each word of a stream.

import { byId } from "./dom.js";

/** Have a screen reader say this when it is free. */
export function announce(text) {
  const region = byId("announcer");
  region.textContent = region.textContent === text ? `${text}\u00a0` : text; // the same again would not be a change
}
