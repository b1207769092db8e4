"use strict";
// The leader's keys: one press for what is done most. They rest while somebody types or chooses in a list.
(() => {
  const FIELDS = { a: "what", b: "decision" };
  const WITHOUT_KEYS = "input, textarea, select, [contenteditable]";
  const byId = (id) => document.getElementById(id);
  const withKey = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);

  const actionFor = (who) => {
    if (!who || !byId("who")) return;
    byId("who").value = who;
    byId("what").focus();
  };
  const press = (found) => {
    found.click();
    if (found.matches("summary")) found.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest(WITHOUT_KEYS)) return;
    const digit = /^Digit(\d)$/.exec(event.code);
    const key = event.key === "?" ? "?" : digit ? digit[1] : event.key.toLowerCase();
    const field = byId(FIELDS[key]), found = withKey(key);
    if (!field && !found && key !== "f") return;
    event.preventDefault();
    if (field) field.focus();
    else if (key === "f") actionFor("family");
    // with shift, somebody's key begins a new action that is theirs
    else if (event.shiftKey && key !== "?") actionFor(found.dataset.who);
    else press(found);
  });
})();
