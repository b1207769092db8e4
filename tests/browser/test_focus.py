"""Whoever works by keyboard stays where they are when a part of the page is replaced."""

import pytest

pytestmark = pytest.mark.browser


def test_marking_an_action_and_taking_it_back_keeps_the_keyboard_in_the_list(meet):
    school = meet("school")
    page = school.page
    school.go("/atgarder")

    for name in ("Klar", "Ångra", "Klar"):
        button = page.locator(".task").get_by_role("button", name=name).first
        button.focus()
        with page.expect_response(lambda answer: answer.request.method == "GET"):
            page.keyboard.press("Enter")
        page.locator(".task:focus-within, .task:focus").wait_for()
    assert school.complaints == []
