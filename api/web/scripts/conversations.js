// The list of conversations at the side: open, rename, delete, find by title.

import { deleteConversation, listConversations, renameConversation } from "./api.js";
import { announce } from "./announce.js";
import { confirmed, renamed } from "./dialogs.js";
import { byId, count, h, relist, shortDayOf } from "./dom.js";
import { icon } from "./icons.js";

/** The list on the page. told: deleted(id) and renamed(id, title) are called when that was done here. */
export class ConversationList {
  constructor(told) {
    this.told = told;
    this.items = [];
    this.next = null;
    this.current = null;
    this.loads = 0;
    byId("find-conversation").addEventListener("input", () => this.find());
    byId("more-conversations").addEventListener("click", async () => {
      await this.more();
      if (byId("more-conversations").hidden) byId("conversations").lastElementChild?.querySelector("a").focus();
    });
  }

  /** Read the first page anew. */
  async load() {
    const turn = (this.loads += 1);
    try {
      const page = await listConversations();
      if (turn !== this.loads) return;
      [this.items, this.next] = [page.items, page.next_cursor];
      this.show();
      if (this.wanted()) await this.find();
    } catch (error) {
      this.failed(error);
    }
  }

  async more() {
    const turn = this.loads;
    try {
      const page = await listConversations(this.next);
      if (turn !== this.loads) return;
      this.items.push(...page.items.filter((item) => !this.items.some((known) => known.id === item.id)));
      this.next = page.next_cursor;
      this.show();
    } catch (error) {
      this.next = null;
      this.failed(error);
    }
  }

  /** Show those whose title has the words; all pages are read for it, since the server finds none by title. */
  async find() {
    this.show();
    const turn = this.loads;
    while (this.wanted() && this.next && turn === this.loads) await this.more();
  }

  mark(id) {
    this.current = id;
    this.show();
  }

  wanted() {
    return byId("find-conversation").value.trim().toLowerCase();
  }

  show() {
    const wanted = this.wanted();
    const found = this.items.filter((item) => item.title.toLowerCase().includes(wanted));
    relist(byId("conversations"), found.map((item) => this.entry(item)));
    byId("more-conversations").hidden = !this.next;
    byId("no-conversations").textContent = wanted ? "No title has these words." : "None yet: ask something.";
    byId("no-conversations").hidden = found.length > 0;
  }

  failed(error) {
    byId("no-conversations").textContent = `The conversations can't be listed. ${error.message}`;
    byId("no-conversations").hidden = false;
  }

  entry(item) {
    const title = item.title || "Untitled";
    const button = (name, drawing, onclick) => {
      const said = { "aria-label": `${name} “${title}”`, title: name, "data-key": `${name} ${item.id}` };
      return h("button", { type: "button", class: "quiet", ...said, onclick }, icon(drawing));
    };
    const open = { href: `#/c/${encodeURIComponent(item.id)}`, title, "data-key": item.id };
    return h(
      "li",
      {},
      h(
        "a",
        { ...open, "aria-current": item.id === this.current ? "page" : null },
        h("span", { class: "title" }, title),
        h("span", { class: "origin" }, `${count(item.turns, "question")} · ${shortDayOf(item.updated_at)}`),
      ),
      h(
        "span",
        { class: "tools" },
        button("Rename", "rename", () => this.rename(item)),
        button("Delete", "remove", () => this.delete(item)),
      ),
    );
  }

  async rename(item) {
    const title = await renamed(item.title);
    if (title === null) return;
    if (await this.change(() => renameConversation(item.id, title), `Renamed to “${title}”.`)) {
      this.told.renamed(item.id, title);
    }
  }

  async delete(item) {
    const words = `“${item.title || "Untitled"}” goes with all its questions and answers, for good.`;
    if (!(await confirmed("Delete this conversation?", words, "Delete"))) return;
    if (await this.change(() => deleteConversation(item.id), "The conversation is deleted.")) {
      this.told.deleted(item.id);
      byId("find-conversation").focus();
    }
  }

  async change(request, done) {
    try {
      await request();
    } catch (error) {
      this.failed(error);
      announce(error.message);
      return false;
    }
    await this.load();
    announce(done);
    return true;
  }
}
