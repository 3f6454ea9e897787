"""Who has a document on paper types its code; and a phone says in many ways which language it likes."""

import re

import pytest

from tests.center.test_phone_pages import Words


def words_of(answer):
    return "\n".join(Words(answer.text).text)


def test_whoever_has_no_camera_types_the_code_and_can_try_again(desk):
    asked = desk.http.get("/verify")
    assert asked.status_code == 200
    assert {"查验文书", "Check a document"} <= set(Words(asked.text).text)
    action, name = re.findall(r'action="([^"]+)".*?name="([^"]+)"', asked.text)[0]
    for typed in ("AAAA-" * 7, " <b>x ", "\u202e\x00", "码证验"):
        answer = desk.http.get(action, params={name: typed})
        assert (answer.status_code, "查无此文书" in answer.text) == (404, True)
        assert typed not in answer.text
        assert f'name="{name}"' in answer.text
    assert desk.http.get(action, params={name: "  "}).status_code == 200


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", "zh-CN"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("en-GB,zh;q=0.9", "en"),
        ("en;q=0.3, zh;q=0.8", "zh-CN"),
        ("it", "en"),
        ("*", "zh-CN"),
        ("q=;;;\t,,", "zh-CN"),
        ("zh" + ",en;q=0.1" * 500, "zh-CN"),
    ],
)
def test_a_page_for_a_phone_is_in_the_language_it_likes_best(desk, wish, language):
    answer = desk.http.get("/r/nothing", headers={"Accept-Language": wish})
    assert f'<html lang="{language}">' in answer.text
