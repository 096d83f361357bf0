// The service's HTTP interface. Addresses are relative to the page, so that it works behind a path prefix.

import { readEvents } from "./sse.js";

/** An error to show: in the server's words where it gave a problem (RFC 9457), else in ours. */
export class Problem extends Error {
  constructor(detail, status = 0) {
    super(detail);
    this.status = status;
  }
}

const UNREACHABLE = "The server can't be reached. Check that it runs, and the network between it and you.";
const CUT_OFF = "The connection ended before the answer was complete.";

async function send(method, path, body, options = {}) {
  const headers = { Accept: options.accept ?? "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
      keepalive: options.keepalive ?? false,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(UNREACHABLE);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response) {
  let detail = null;
  try {
    const problem = await response.json();
    detail = typeof problem.detail === "string" ? problem.detail : null;
  } catch {
    // a proxy's page, not ours: its status has to do
  }
  return new Problem(detail ?? `The server answered with status ${response.status}.`, response.status);
}

async function json(method, path, body, options) {
  const response = await send(method, path, body, options);
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(CUT_OFF);
  }
}

const at = (...parts) => parts.map(encodeURIComponent).join("/");
const paged = (path, limit, cursor) => `${path}?${new URLSearchParams(cursor ? { limit, cursor } : { limit })}`;

export const listConversations = (cursor) => json("GET", paged("conversations", 50, cursor));
export const createConversation = (signal) => json("POST", "conversations", {}, { signal });
export const readConversation = (id) => json("GET", at("conversations", id));
export const renameConversation = (id, title) => json("PATCH", at("conversations", id), { title });
export const deleteConversation = (id) => send("DELETE", at("conversations", id));
export const exportAddress = (id) => at("conversations", id, "export");

export const listArticles = (limit, cursor) => json("GET", paged("articles", limit, cursor));
export const readArticle = (id, revision) =>
  json("GET", at("articles", id) + (revision ? `?revision=${encodeURIComponent(revision)}` : ""));
export const addArticles = (articles) => json("POST", "articles", { articles });
/** keepalive: the request outlives the page, for what was still to be sent when it is left. */
export const deleteArticle = (id, keepalive = false) => send("DELETE", at("articles", id), undefined, { keepalive });

export const countSamples = async () => (await json("GET", "samples")).articles;
export const addSamples = () => json("POST", "samples");

export const giveFeedback = (answerId, feedback) => json("POST", `${at("answers", answerId)}/feedback`, feedback);

/** The events of an answer: {name: "evidence" | "text" | "answer", data}, the answer last. Throws Problem, AbortError. */
export async function* ask(request, signal) {
  const response = await send("POST", "ask", request, { signal, accept: "text/event-stream, application/json;q=0.5" });
  try {
    for await (const event of readEvents(response.body)) {
      const data = JSON.parse(event.data);
      if (event.name === "error") throw new Problem(data.detail, data.status);
      yield { name: event.name, data };
      if (event.name === "answer") return;
    }
  } catch (error) {
    if (error instanceof Problem || error.name === "AbortError") throw error;
    throw new Problem(CUT_OFF);
  }
  throw new Problem(CUT_OFF);
}
