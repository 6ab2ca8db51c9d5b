// What the keys do outside of the composers: menus, the list of messages, the list of channels.

const items = (menu) => [...menu.querySelectorAll("button")];
const opened = () => document.querySelector("details.overflow[open]");
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function close(menu, back) {
  menu.removeAttribute("open");
  if (back) menu.querySelector("summary").focus();
}

// the one to go to from `from`, which may be none of them; `round` goes on at the other end
function target(all, from, key, round) {
  const at = all.indexOf(from);
  const next = { Home: 0, End: all.length - 1 }[key] ?? (at < 0 && STEPS[key] < 0 ? all.length - 1 : at + STEPS[key]);
  return all[round ? (next + all.length) % all.length : next];
}

function inMenu(event, menu) {
  if (event.key === "Escape") close(menu, true);
  else if (event.key in STEPS || event.key === "Home" || event.key === "End") {
    target(items(menu), document.activeElement, event.key, true).focus();
  } else {
    if (event.key === "Tab") close(menu, true);
    return false;
  }
  return true;
}

function inMessages(event, list) {
  const here = document.activeElement;
  if (!(event.key in STEPS) || !(here === list || here.matches("article"))) return false;
  const next = target([...list.querySelectorAll("article")], here, event.key, false);
  next?.focus();
  return Boolean(next);
}

function inSidebar(event) {
  if (event.key !== "Escape" || !document.body.classList.contains("with-sidebar")) return false;
  const button = document.querySelector(".menu");
  button.click();
  button.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  const menu = opened();
  const list = event.target.closest(".messages");
  const done = menu ? inMenu(event, menu) : inSidebar(event) || (list && inMessages(event, list));
  if (done) event.preventDefault();
});
document.addEventListener(
  "toggle",
  ({ target: menu }) => menu.matches("details.overflow[open]") && items(menu)[0]?.focus(),
  true
);
document.addEventListener("click", (event) => {
  const menu = opened();
  if (menu && !menu.contains(event.target)) close(menu, false);
});
