// The page put together: which view the address names, and what the parts tell each other.

import { articleCovers, articleIsOpen, closeArticle, openArticle } from "./article.js";
import { Chat } from "./chat.js";
import { ConversationList } from "./conversations.js";
import { setUpDialogs, showHelp } from "./dialogs.js";
import { byId } from "./dom.js";
import { setUpFilters, toggleFilters } from "./filters.js";
import { setUpKeys } from "./keys.js";
import { Library } from "./library.js";
import { hideQuote, quoteIsShown, setUpQuote } from "./quote.js";
import { setUpSamples, showEmptiness } from "./samples.js";
import { setUpUndo } from "./undo.js";

const NAME = "Dateline";

const conversations = new ConversationList({
  deleted: (id) => {
    chat.forget(id);
    if (id === chat.id) location.hash = "#/";
  },
  renamed: (id, title) => {
    if (id === chat.id) chat.title(title);
  },
});

const chat = new Chat({
  began: (id) => {
    history.replaceState(null, "", `#/c/${encodeURIComponent(id)}`);
    conversations.mark(id);
    conversations.load();
  },
  answered: () => conversations.load(),
  titled: (title) => (document.title = title ? `${title} · ${NAME}` : NAME),
});

const library = new Library({ openExcerpt: openArticle, changed: showEmptiness });

/** "#/c/ID/3" -> the conversation and its third turn; "#/library"; anything else is a conversation to come. */
function show() {
  const [, view, id, number] = location.hash.split("/");
  const isLibrary = view === "library";
  byId("chat").hidden = isLibrary;
  byId("library").hidden = !isLibrary;
  if (isLibrary) byId("to-library").setAttribute("aria-current", "page");
  else byId("to-library").removeAttribute("aria-current");
  toggleMenu(false);
  if (articleIsOpen()) closeArticle();
  conversations.mark(view === "c" ? decoded(id) : null);
  if (isLibrary) {
    document.title = `Library · ${NAME}`;
    library.load();
    byId("library-title").focus();
  } else if (view === "c" && id) {
    chat.open(decoded(id), /^\d+$/.test(number ?? "") ? Number(number) : null);
  } else {
    chat.fresh();
    byId("question").focus();
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function go(address) {
  if (location.hash === address) show();
  else location.hash = address;
}

function toggleMenu(open = !document.body.classList.contains("menu")) {
  document.body.classList.toggle("menu", open);
  byId("menu").setAttribute("aria-expanded", String(open));
}

/** Close or stop the nearest thing. */
function escape() {
  if (quoteIsShown()) hideQuote();
  else if (articleIsOpen()) closeArticle();
  else if (document.body.classList.contains("menu")) {
    toggleMenu(false);
    byId("menu").focus();
  } else if (!byId("filters").hidden) {
    toggleFilters(false);
    byId("filters-button").focus();
  } else if (chat.isAnswering() && !byId("chat").hidden) chat.stop();
  else return false;
  return true;
}

const focusOn = (id) => () => byId(id).focus();
/** Do it where it can be seen: not under an article that hides all else. */
const inSight = (action) => () => {
  if (articleCovers()) closeArticle();
  action();
};
/** Do it in the chat, once that is shown. */
const inChat = (action) =>
  inSight(() => {
    if (byId("chat").hidden) {
      window.addEventListener("hashchange", action, { once: true });
      go(chat.id === null ? "#/" : `#/c/${encodeURIComponent(chat.id)}`);
    } else action();
  });

setUpDialogs();
setUpFilters();
setUpQuote();
setUpUndo();
setUpSamples(async () => {
  await showEmptiness();
  await library.load();
});
setUpKeys(
  {
    "?": showHelp,
    "/": inChat(focusOn("question")),
    n: () => go("#/"),
    l: () => go("#/library"),
    c: inSight(() => {
      toggleMenu(true);
      byId("find-conversation").focus();
    }),
    f: inChat(() => toggleFilters()),
  },
  escape,
);
byId("help").addEventListener("click", showHelp);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names a view, not a place
  inChat(focusOn("question"))();
});
byId("new").addEventListener("click", () => go("#/"));
byId("close-article").addEventListener("click", closeArticle);
byId("menu").addEventListener("click", () => {
  toggleMenu();
  if (document.body.classList.contains("menu")) byId("new").focus();
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => chat.ask(example.textContent));
}
window.addEventListener("hashchange", show);
conversations.load();
showEmptiness();
show();
