"""A meeting led from the keyboard: keys are pressed and counted, and nothing else is touched."""

from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

TABS = 200


@dataclass
class Keys:
    """``acts`` holds, by what was done, how many keys each time took, typed text not among them."""

    page: Page
    acts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    pressed: int = 0

    def press(self, key: str) -> None:
        """A key; with shift it is two."""
        self.pressed += len(key.split("+"))
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, wanted: Locator) -> None:
        for _ in range(TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError("no key leads there")

    def done(self, act: str) -> None:
        self.acts[act].append(self.pressed)
        self.pressed = 0

    def most(self, act: str) -> int:
        return max(self.acts[act])

    def __str__(self) -> str:
        return "\n".join(f"{act}: {', '.join(map(str, counts))}" for act, counts in self.acts.items())
