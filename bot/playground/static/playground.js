// The page's behaviour: keep what the server renders up to date, and send it what the person does.

import { choose, complete, completionKey, hide, write } from "./completion.js";
import { values } from "./forms.js";
import "./keyboard.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const { channel, thread, tab } = document.body.dataset;
const place = new URLSearchParams(thread ? { channel, thread } : { channel, tab });
const composer = $(thread ? ".thread textarea" : "main textarea");
let token = $("meta[name=token]").content;

const connected = (on) => void document.body.classList.toggle("offline", !on);

function toast(words) {
  $(".toast").textContent = words;
  if (words) setTimeout(toast, 5000, "");
}

// fetch; nothing comes back while the server is gone
async function reach(path, options) {
  const answer = await fetch(path, options).catch(() => null);
  connected(answer);
  return answer;
}

async function act(name, body, again = true) {
  const headers = { "Content-Type": "application/json", "X-Playground-Token": token };
  const answer = await reach(`/do/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
  // a server started anew has a token of its own
  if (answer?.status === 403 && again) return (await refresh()) && act(name, body, false);
  if (answer && !answer.ok) toast(await answer.text());
  return answer?.ok;
}

// --- keeping up to date: only what differs is replaced, so focus, scroll and typed text stay ---

const sources = new WeakMap();

function patch(list, fresh) {
  const old = new Map([...list.children].map((child) => [child.id, child]));
  [...fresh.children].forEach((child, index) => {
    const html = child.outerHTML;
    let kept = old.get(child.id);
    old.delete(child.id);
    if (!kept || sources.get(kept) !== html) {
      if (kept) replace(kept, child);
      kept = child;
      sources.set(kept, html);
    }
    if (list.children[index] !== kept) list.insertBefore(kept, list.children[index] || null);
  });
  old.forEach((child) => child.remove());
}

function replace(kept, child) {
  const focused = kept.contains(document.activeElement) && document.activeElement;
  kept.replaceWith(child);
  if (focused) (twin(focused, child) || child).focus();
}

const key = ({ dataset }) => [dataset.block, dataset.action, dataset.choice].join(" ");
const twin = (pressed, root) => $$("[data-action]", root).find((each) => key(each) === key(pressed));

function refreshList(list, fresh) {
  const atEnd = list.matches("[role=log]") && list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  patch(list, fresh.getElementById(list.id));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

let opener = document.body;

function refreshModal(fresh) {
  const before = $("#modal dialog[open]");
  if (!before) opener = document.activeElement;
  const top = before && $(".body", before).scrollTop;
  const typed = new Map($$("#modal [name]").map((field) => [field.name, field.value]));
  patch($("#modal"), fresh.getElementById("modal"));
  const dialog = $("#modal dialog");
  if (dialog && before?.dataset.view === dialog.dataset.view) {
    $$("[name]", dialog).forEach((field) => (field.value = typed.get(field.name) ?? field.value));
  }
  openModal(dialog, before?.dataset.view === dialog?.dataset.view ? top : 0);
  if (before && !dialog) [opener, twin(opener, document), composer].find((each) => each?.matches("body *")).focus();
}

function openModal(dialog, top = 0) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  ($("input, textarea, select", dialog) || $(".body", dialog)).focus();
  $(".body", dialog).scrollTop = top;
}

async function refresh() {
  const answer = await reach(`/parts?${place}`);
  if (!answer?.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  token = $("meta[name=token]", fresh).content;
  $$(".messages").forEach((list) => refreshList(list, fresh));
  refreshModal(fresh);
  return true;
}

// --- pressing ---

async function press(button, choice = button.dataset.choice) {
  if (button.ariaBusy === "true" || !(await confirmed(button.dataset.confirm))) return;
  const { block, action, url } = button.dataset;
  const message = button.closest("[data-message]")?.dataset.message;
  const view = button.closest("[data-view]")?.dataset.view;
  if (url && url !== "#") window.open(url, "_blank", "noopener");
  button.ariaBusy = "true";
  await act(button.dataset.do || "click", { message, view, block, action, choice }).finally(() => (button.ariaBusy = "false"));
}

function confirmed(question) {
  if (!question) return true;
  const { title, text, confirm, deny } = JSON.parse(question);
  const dialog = $("#confirm");
  const words = { h2: title, ".body": text, "[value=confirm]": confirm, "[value=deny]": deny };
  Object.entries(words).forEach(([part, { text: said }]) => ($(part, dialog).textContent = said));
  dialog.returnValue = "deny";
  dialog.showModal();
  $("[value=confirm]", dialog).focus();
  return new Promise((done) =>
    dialog.addEventListener("close", () => done(dialog.returnValue === "confirm"), { once: true })
  );
}

const closeModal = async () => (await act("close", {})) || $("#modal dialog")?.close();

// what was pressed → what to do; the first that fits
const clicks = [
  [".offline a[href^='/']", (link, event) => event.preventDefault()],
  ["button[data-action], button[data-do]", (button) => press(button)],
  ["[data-close]", closeModal],
  ["[data-shortcut]", (button) => onMessage("shortcut", button, { shortcut: button.dataset.shortcut })],
  ["[data-react]", (button) => onMessage("react", button, { name: button.dataset.react })],
  ["[data-example]", (button) => write($("main .composer textarea"), button.dataset.example)],
  ["[data-type]", (button) => mark($("textarea", button.form), button.dataset.type)],
  ["[data-insert]", (option) => choose(option.closest("form"), option)],
  [".menu", (button) => showSidebar(!document.body.classList.contains("with-sidebar"), button)],
  ["main, .thread", () => showSidebar(false)],
];

function onMessage(name, button, more) {
  button.closest("details")?.removeAttribute("open");
  return act(name, { message: button.closest("[data-message]").dataset.message, ...more });
}

function showSidebar(on, button = $(".menu")) {
  document.body.classList.toggle("with-sidebar", on);
  button.setAttribute("aria-expanded", String(on));
}

document.addEventListener("click", (event) => {
  const [selector, run] = clicks.find(([each]) => event.target.closest(each)) || [];
  if (run) run(event.target.closest(selector), event);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("select[data-action]") && target.value && !target.closest(".field")) press(target, target.value);
});
document.addEventListener("submit", (event) => {
  if (event.target.closest("#confirm")) return;
  event.preventDefault();
  if (event.target.matches(".composer")) send(event.target);
  else act("submit", { values: values(event.target) });
});
// Escape on a modal: the app may want to know, so the server closes it
document.addEventListener("cancel", (event) => {
  if (!event.target.closest("#modal")) return;
  event.preventDefault();
  closeModal();
}, true);

// --- the composer ---

const draft = (form) => `draft ${channel} ${form.dataset.thread}`;
const mark = (area, sign) => write(area, sign === "/" ? sign : area.value.replace(/(\S)$/, "$1 ") + sign);

async function send(form) {
  const area = $("textarea", form);
  const text = area.value;
  if (!text.trim()) return;
  write(area, "");
  const list = $(".messages", form.parentElement);
  list.scrollTop = list.scrollHeight;
  if (await act("say", { channel, thread: form.dataset.thread, text })) return;
  write(area, area.value ? `${text}\n${area.value}` : text);
  hide(form);
}

for (const form of $$(".composer")) {
  const area = $("textarea", form);
  area.addEventListener("input", () => {
    area.rows = Math.min(8, area.value.split("\n").length);
    $(".send", form).disabled = !area.value.trim();
    sessionStorage.setItem(draft(form), area.value);
    complete(form);
  });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const completed = completionKey(event, form);
    const sends = !completed && event.key === "Enter" && !event.shiftKey;
    if (completed || sends) event.preventDefault();
    if (sends) send(form);
  });
  area.addEventListener("blur", () => hide(form));
  $(".completion", form).addEventListener("mousedown", (event) => event.preventDefault());
  area.value = sessionStorage.getItem(draft(form)) || "";
  area.dispatchEvent(new Event("input"));
  hide(form);
}

for (const list of $$(".messages, #modal")) {
  [...list.children].forEach((child) => sources.set(child, child.outerHTML));
  if (list.matches("[role=log]")) list.scrollTop = list.scrollHeight;
}
openModal($("#modal dialog"));
if (!$("#modal dialog")) composer?.focus();
let soon;

function listen() {
  const stream = new EventSource("/changes");
  stream.onmessage = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 15);
  };
  stream.onerror = () => {
    connected(false);
    stream.close();
    setTimeout(listen, 1000);
  };
}

listen();
