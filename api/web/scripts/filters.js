// What a search is limited to: days and publishers. What is on is shown by the question, each with a way to take it off.

import { listArticles } from "./api.js";
import { byId, dayOf, h } from "./dom.js";

const KNOWN = 500; // articles whose publishers are offered; any other can be typed
const DAYS = [ // the fields of days: their ids, the filters' names, and how they are said
  ["since", "since", "Since"],
  ["until", "until", "Until"],
  ["as-of", "as_of", "As it stood on"],
];
const chosen = [];

/** The filters as POST /ask takes them, or undefined where none is on. */
export function filters() {
  const days = Object.fromEntries(DAYS.map(([id, name]) => [name, byId(id).value]).filter(([, day]) => day));
  if (!Object.keys(days).length && !chosen.length) return undefined;
  return { ...days, ...(chosen.length && { sources: [...chosen] }) };
}

/** Filters, as POST /ask takes them, in a sentence. */
export function filtersTold({ since, until, as_of: asOf, sources = [] }) {
  const limits = [
    sources.length > 0 && `of ${sources.join(" and ")}`,
    since && `since ${dayOf(since)}`,
    until && `until ${dayOf(until)}`,
  ].filter(Boolean);
  const which = limits.length ? `Only articles ${limits.join(" ")}` : "The articles";
  const stood = asOf && `as they stood on ${dayOf(asOf)}`;
  return `${[which, stood].filter(Boolean).join(limits.length ? ", " : " ")}, as the filters say.`;
}

/** What is wrong with them, or null. */
export function wrongFilters() {
  const [since, until] = [byId("since").value, byId("until").value];
  return since && until && since > until ? "“Since” is after “until”: no article can be both." : null;
}

export function setUpFilters() {
  const button = byId("filters-button");
  button.addEventListener("click", () => toggleFilters());
  for (const [id] of DAYS) byId(id).addEventListener("input", show);
  byId("source-add").addEventListener("click", addTypedSource);
  byId("source").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault(); // it would send the question
      addTypedSource();
    }
  });
  show();
}

export function toggleFilters(open = byId("filters").hidden) {
  byId("filters").hidden = !open;
  byId("filters-button").setAttribute("aria-expanded", String(open));
  if (open) {
    byId("filters-button").scrollIntoView({ block: "nearest" });
    byId("since").focus();
    offerSources();
  }
}

async function offerSources() {
  try {
    const { items } = await listArticles(KNOWN);
    const names = [...new Set(items.map((article) => article.source).filter(Boolean))].sort();
    byId("sources").replaceChildren(...names.map((name) => h("option", { value: name })));
  } catch {
    // nothing is offered; a name can still be typed
  }
}

/** Take the publisher that is written in the field among those that are searched. */
export function addTypedSource() {
  const name = byId("source").value.trim();
  if (name && !chosen.includes(name)) chosen.push(name);
  byId("source").value = "";
  show();
}

function show() {
  const days = DAYS.filter(([id]) => byId(id).value);
  const on = [
    ...days.map(([id, , said]) => [`${said} ${dayOf(byId(id).value)}`, () => (byId(id).value = "")]),
    ...chosen.map((name) => [name, () => chosen.splice(chosen.indexOf(name), 1)]),
  ];
  byId("filters-button").textContent = on.length ? `Filters (${on.length} on)` : "Filters";
  byId("filters-button").classList.toggle("on", on.length > 0);
  byId("filters-on").replaceChildren(...on.map(([name, off]) => token(name, off)));
  byId("filters-error").textContent = wrongFilters() ?? "";
  if (!byId("filters").hidden) byId("filters-button").scrollIntoView({ block: "nearest" });
}

function token(name, off) {
  const remove = () => {
    off();
    show();
    byId("filters-button").focus();
  };
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "token", "aria-label": `Take the filter off: ${name}`, onclick: remove },
      name,
      h("span", { "aria-hidden": "true" }, " ×"),
    ),
  );
}
