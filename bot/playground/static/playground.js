// The page's behaviour: keep what the server renders up to date, and send it what the person does.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const { channel, thread } = document.body.dataset;
const place = new URLSearchParams(thread ? { channel, thread } : { channel });
const token = $("meta[name=token]").content;

async function act(name, body) {
  const headers = { "Content-Type": "application/json", "X-Playground-Token": token };
  const answer = await fetch(`/do/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) toast(answer.status === 403 ? "This page is from an earlier run. Reload it." : await answer.text());
  return answer.ok;
}

function toast(words) {
  const box = $(".toast");
  box.textContent = words;
  box.hidden = false;
  setTimeout(() => (box.hidden = true), 5000);
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
  if (!focused) return;
  const key = ({ dataset }) => [dataset.block, dataset.action, dataset.choice].join(" ");
  ($$("[data-action]", child).find((each) => key(each) === key(focused)) || child).focus();
}

function refreshList(list, fresh) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  patch(list, fresh.getElementById(list.id));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function refreshModal(fresh) {
  const before = $("#modal dialog");
  const typed = new Map($$("#modal [name]").map((field) => [field.name, field.value]));
  patch($("#modal"), fresh.getElementById("modal"));
  const dialog = $("#modal dialog");
  if (dialog && before?.dataset.view === dialog.dataset.view) {
    $$("[name]", dialog).forEach((field) => (field.value = typed.get(field.name) ?? field.value));
  }
  openModal(dialog);
}

function openModal(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  ($("input, textarea, select", dialog) || $(".body", dialog)).focus();
}

async function refresh() {
  const answer = await fetch(`/parts?${place}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  $$(".messages").forEach((list) => refreshList(list, fresh));
  refreshModal(fresh);
}

// --- pressing ---

async function press(button, choice = button.dataset.choice) {
  if (button.ariaBusy === "true" || !(await confirmed(button.dataset.confirm))) return;
  const { block, action, url } = button.dataset;
  const message = button.closest("[data-message]")?.dataset.message;
  const view = button.closest("[data-view]")?.dataset.view;
  if (url && url !== "#") window.open(url, "_blank", "noopener");
  button.ariaBusy = "true";
  await act("click", { message, view, block, action, choice }).finally(() => (button.ariaBusy = "false"));
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

function values(form) {
  const found = {};
  for (const field of $$(".field [name]", form)) {
    const [block, action, type] = field.name.split(" ");
    (found[block] ??= {})[action] = type === "static_select" ? picked(field) : { type, value: field.value || null };
  }
  return found;
}

function picked({ selectedOptions: [option] }) {
  const text = { type: "plain_text", text: option.textContent, emoji: true };
  const value = option.dataset.value;
  return { type: "static_select", selected_option: value ? { text, value } : null };
}

// what was pressed → what to do; the first that fits
const clicks = [
  ["button[data-action]", (button) => press(button)],
  ["[data-close]", () => act("close", {})],
  ["[data-example]", (button) => write($("main .composer textarea"), button.dataset.example)],
  ["[data-type]", (button) => mark($("textarea", button.form), button.dataset.type)],
  ["[data-insert]", (option) => choose(option.closest("form"), option)],
  [".menu", (button) => showSidebar(!document.body.classList.contains("with-sidebar"), button)],
  ["main, .thread", () => showSidebar(false)],
];

function showSidebar(on, button = $(".menu")) {
  document.body.classList.toggle("with-sidebar", on);
  button.setAttribute("aria-expanded", String(on));
}

document.addEventListener("click", ({ target }) => {
  const [selector, run] = clicks.find(([each]) => target.closest(each)) || [];
  if (run) run(target.closest(selector));
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
  act("close", {});
}, true);

// --- the composer ---

const WORD = /(^\/\S*|(?<=^|\s)@[\w ]{0,20})$/;
const draft = (form) => `draft ${channel} ${form.dataset.thread}`;

function write(area, text) {
  area.value = text;
  area.focus();
  area.setSelectionRange(text.length, text.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const mark = (area, sign) => write(area, sign === "/" ? sign : area.value.replace(/(\S)$/, "$1 ") + sign);

async function send(form) {
  const area = $("textarea", form);
  const text = area.value;
  if (!text.trim()) return;
  write(area, "");
  const list = $(".messages", form.parentElement);
  list.scrollTop = list.scrollHeight;
  if (!(await act("say", { channel, thread: form.dataset.thread, text })) && !area.value) write(area, text);
}

function complete(form) {
  const area = $("textarea", form);
  const typed = (WORD.exec(area.value.slice(0, area.selectionStart))?.[0] || "").toLowerCase();
  const fits = (option) => typed && option.dataset.insert.toLowerCase().startsWith(typed);
  $$("[data-insert]", form).forEach((option) => (option.hidden = !fits(option)));
  const first = $("[data-insert]:not([hidden])", form);
  $(".completion", form).hidden = !first;
  select(form, first);
}

function select(form, option) {
  $$("[data-insert]", form).forEach((each) => each.setAttribute("aria-selected", String(each === option)));
  $("textarea", form).setAttribute("aria-activedescendant", option?.id || "");
  option?.scrollIntoView({ block: "nearest" });
}

function choose(form, option) {
  const area = $("textarea", form);
  const at = area.selectionStart;
  write(area, area.value.slice(0, at).replace(WORD, "") + option.dataset.insert + area.value.slice(at));
  $(".completion", form).hidden = true;
}

function completionKey(event, form) {
  const options = $$("[data-insert]:not([hidden])", form);
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) select(form, options[(at + step + options.length) % options.length]);
  else if (event.key === "Escape") $(".completion", form).hidden = true;
  else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) choose(form, options[at]);
  else return false;
  return true;
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
    const completed = !$(".completion", form).hidden && completionKey(event, form);
    const sends = !completed && event.key === "Enter" && !event.shiftKey;
    if (completed || sends) event.preventDefault();
    if (sends) send(form);
  });
  area.addEventListener("blur", () => ($(".completion", form).hidden = true));
  $(".completion", form).addEventListener("mousedown", (event) => event.preventDefault());
  area.value = sessionStorage.getItem(draft(form)) || "";
  area.dispatchEvent(new Event("input"));
  $(".completion", form).hidden = true;
}

for (const list of $$(".messages, #modal")) {
  [...list.children].forEach((child) => sources.set(child, child.outerHTML));
  list.scrollTop = list.scrollHeight;
}
openModal($("#modal dialog"));
if (!$("#modal dialog")) $(thread ? ".thread textarea" : "main textarea").focus();
let soon;
new EventSource("/changes").onmessage = () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 15);
};
