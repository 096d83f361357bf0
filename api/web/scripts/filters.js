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

/** The filters that are on, as POST /ask takes them. */
export function filters() {
  const days = Object.fromEntries(DAYS.map(([id, name]) => [name, byId(id).value]).filter(([, day]) => day));
  return { ...days, ...(chosen.length && { sources: [...chosen] }) };
}

/** Put these on, in the place of all that are. Of a moment its day: the field holds no more, and shows it. */
export function takeFilters({ sources = [], ...days }) {
  for (const [id, name] of DAYS) byId(id).value = days[name]?.slice(0, 10) ?? "";
  chosen.splice(0, chosen.length, ...sources);
  show();
}

/** What is on among filters, in words. */
export function filtersTold({ sources = [], ...given }) {
  const days = DAYS.filter(([, name]) => given[name]).map(([, name, words]) => `${words} ${dayOf(given[name])}`);
  return [...days, ...sources];
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
