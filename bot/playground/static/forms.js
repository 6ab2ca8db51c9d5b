// What a person filled in, as Slack tells it to the app.

export function values(form) {
  const found = {};
  for (const field of form.querySelectorAll(".field [name]")) {
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
