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
  const isForm = body instanceof FormData; // whose content type the browser writes, with its boundary
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), {
      method,
      headers,
      body: body === undefined || isForm ? body : JSON.stringify(body),
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
/** Have the articles of a file taken in: {results}, or {job} where there are many. By its name it is known again. */
export async function uploadFile(file) {
  const form = new FormData();
  form.append("file", file);
  form.append("known_by", "name");
  const answer = await json("POST", "articles", form);
  return answer.results ? answer : { job: answer };
}
/** keepalive: the request outlives the page, for what was still to be sent when it is left. */
export const deleteArticle = (id, keepalive = false) => send("DELETE", at("articles", id), undefined, { keepalive });

/** The last so many jobs, the newest first: {items, ...}. */
export const listJobs = (limit) => json("GET", paged("jobs", limit));
const readJob = (id) => json("GET", at("jobs", id));
export const listResults = (id, limit, cursor) => json("GET", paged(`${at("jobs", id)}/results`, limit, cursor));
export const cancelJob = (id) => send("POST", `${at("jobs", id)}/cancel`);

/** A job as it changes, to its end. A connection that breaks is taken up again, as often as it brought something. */
export async function* followJob(begun) {
  let job = begun;
  while (!isOver(job)) {
    const before = job.done;
    try {
      const response = await send("GET", `${at("jobs", job.id)}/events`, undefined, { accept: "text/event-stream" });
      for await (const event of readEvents(response.body)) yield (job = JSON.parse(event.data));
    } catch (error) {
      if (error instanceof Problem) throw error;
    }
    if (isOver(job)) return;
    if (job.done === before) await new Promise((resolve) => setTimeout(resolve, 1_000));
    yield (job = await readJob(job.id));
  }
}

export const isOver = (job) => job.state !== "waiting" && job.state !== "running";

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
