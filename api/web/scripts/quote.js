// The quote of a citation, shown beside its chip while the pointer or the focus is on it. One element serves all chips.

import { byId, h, origin } from "./dom.js";

const LEAVING_MS = 150; // in which the pointer may go from the chip to the quote, to read or select it
const GAP = 6; // pixels between chip and quote

let leaving = 0;
let owner = null;

/** Have the quote of a citation shown beside this chip. */
export function showsQuote(chip, citation) {
  const show = () => open(chip, citation);
  chip.addEventListener("mouseenter", show);
  chip.addEventListener("focus", show);
  chip.addEventListener("mouseleave", leave);
  chip.addEventListener("blur", hideQuote);
}

export function hideQuote() {
  clearTimeout(leaving);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  byId("quote").hidden = true;
}

/** Whether one is shown. */
export const quoteIsShown = () => owner !== null;

export function setUpQuote() {
  const quote = byId("quote");
  quote.addEventListener("mouseenter", () => clearTimeout(leaving));
  quote.addEventListener("mouseleave", leave);
  window.addEventListener("scroll", () => owner && place(quote, owner.getBoundingClientRect()), { passive: true });
}

function open(chip, citation) {
  hideQuote();
  const quote = byId("quote");
  quote.replaceChildren(
    h("q", {}, citation.quote),
    ...(citation.dates ?? []).map(({ words, told }) => h("span", { class: "dates" }, `${words}: ${told}`)),
    h("span", { class: "origin" }, `${citation.title ?? "Untitled"} · ${origin(citation)}`),
  );
  owner = chip;
  chip.setAttribute("aria-describedby", "quote");
  quote.hidden = false;
  place(quote, chip.getBoundingClientRect());
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hideQuote, LEAVING_MS);
}

/** Under the chip, or above it where there is no room; never beyond the window's sides. */
function place(quote, chip) {
  const { width, height } = quote.getBoundingClientRect();
  const below = chip.bottom + GAP + height <= window.innerHeight || chip.top < height + GAP;
  const left = Math.min(chip.left, document.documentElement.clientWidth - width - GAP);
  quote.style.left = `${Math.max(GAP, left)}px`;
  quote.style.top = `${below ? chip.bottom + GAP : chip.top - GAP - height}px`;
}
