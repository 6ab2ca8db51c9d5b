// What a composer offers while a command or a name is being typed.

const WORD = /(^\/\S*|(?<=^|\s)@[\w -]{0,20})$/;
const textarea = (form) => form.querySelector("textarea");
const list = (form) => form.querySelector(".completion");
const all = (form) => [...form.querySelectorAll("[data-insert]")];

export function write(area, text) {
  area.value = text;
  area.focus();
  area.setSelectionRange(text.length, text.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export const hide = (form) => (list(form).hidden = true);

export function complete(form) {
  const area = textarea(form);
  const typed = (WORD.exec(area.value.slice(0, area.selectionStart))?.[0] || "").toLowerCase();
  all(form).forEach((each) => (each.hidden = !typed || !each.dataset.insert.toLowerCase().startsWith(typed)));
  const first = all(form).find((each) => !each.hidden);
  list(form).hidden = !first;
  select(form, first);
}

function select(form, option) {
  all(form).forEach((each) => each.setAttribute("aria-selected", String(each === option)));
  textarea(form).setAttribute("aria-activedescendant", option?.id || "");
  option?.scrollIntoView({ block: "nearest" });
}

export function choose(form, option) {
  const area = textarea(form);
  const at = area.selectionStart;
  write(area, area.value.slice(0, at).replace(WORD, "") + option.dataset.insert + area.value.slice(at));
  hide(form);
}

// whether the key was meant for the list
export function completionKey(event, form) {
  if (list(form).hidden) return false;
  const options = all(form).filter((each) => !each.hidden);
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) select(form, options[(at + step + options.length) % options.length]);
  else if (event.key === "Escape") hide(form);
  else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) choose(form, options[at]);
  else return false;
  return true;
}
