"""Ways in which a matter can be wrong, made from the one of docs/add-a-matter.md."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "add-a-matter.md"


def good() -> str:
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


TWO_PARTS = (
    "parts:\n"
    "  - {id: a, title: {zh: 一, en: a}, department: {zh: 部, en: d}, answers: [who]}\n"
    "  - {id: b, title: {zh: 二, en: b}, department: {zh: 部, en: d}, answers: [review]}\ncase_rows:"
)


# name: (what stands there, what is put instead, the line that is named, what is said)
GALLERY = {
    "unknown key": ("minutes: 2", "minuets: 2", "minuets: 2", "unknown key 'minuets'; allowed: id, version, kind"),
    "missing key": ("minutes: 2\n", "", "id: senior-card", "'minutes' is missing; allowed: id, version, kind"),
    "unknown key in a step": (
        "    guidance:",
        "    guidence:",
        "guidence",
        "unknown key 'guidence'; allowed: id, title",
    ),
    "unknown step kind": ("kind: choose", "kind: chose", "kind: chose", "unknown step kind 'chose'; allowed: notice,"),
    "step without kind": ("    kind: choose\n", "", "- id: delivery", "'kind' is missing; allowed: notice, identify,"),
    "no English": (", en: By post}", "}", "zh: 邮寄}", "the text lacks English (en); allowed: zh and en, both"),
    "no Chinese": ("{zh: 请核对, en", "{en", "{en: Please check}", "the text lacks Chinese (zh); allowed: zh and en"),
    "one text for both": ("title: {zh: 请核对, en: Please check}", "title: Check", "title: Check", "both languages"),
    "empty text": ("zh: 请核对", 'zh: ""', 'zh: ""', "'zh' is empty"),
    "step id twice": ("id: parcel", "id: delivery", "- id: delivery", "step id 'delivery' is used twice; allowed"),
    "option id twice": ("{id: post,", "{id: counter,", "邮寄", "option id 'counter' is used twice"),
    "key twice": ("minutes: 2", "minutes: 2\nminutes: 3", "minutes: 3", "key 'minutes' stands here twice"),
    "reserved id": ("id: review", "id: today", "- id: today", "step id 'today' is reserved for expressions"),
    "bad id": ("id: review", "id: Re-view", "- id: Re-view", "'Re-view' cannot be a name here; allowed: small letters"),
    "broken expression": (
        'delivery == "post"',
        "delivery ==",
        "when: delivery ==",
        "broken expression `delivery ==`: column",
    ),
    "unknown answer": (
        'delivery == "post"',
        'x == "post"',
        "when: x ==",
        "names `x`, which is no earlier answer; allowed: about,",
    ),
    "later answer": ('delivery == "post"', "rate == null", "when: rate", "names `rate`, which is no earlier answer"),
    "unknown function": (
        'delivery == "post"',
        "len(delivery) > 1",
        "len(",
        "unknown function `len`; allowed: contains,",
    ),
    "wrong type": ('delivery == "post"', "delivery > 1", "when: delivery >", "expression fails on answers it can meet"),
    "no condition": (
        'delivery == "post"',
        "delivery + 'x'",
        "when: delivery +",
        "expression fails on answers it can meet",
    ),
    "not true or false": ('delivery == "post"', "today", "when: today", "must give true or false"),
    "unguarded when": ('delivery == "post"', 'who.sex == "male"', "when: who.sex", "works while answers are missing"),
    "unknown part": (
        "default: who.address",
        "default: who.adress",
        "who.adress",
        "fails on answers it can meet: `who.adress`: has no 'adress'",
    ),
    "unknown field type": (
        "type: mobile",
        "type: telephone",
        "type: telephone",
        "'telephone' is not known as type; allowed: 'text', 'name',",
    ),
    "choice without options": (
        "type: mobile",
        "type: choice",
        "type: choice",
        "the choice 'mobile' has 0 options; allowed: at least two",
    ),
    "unknown answer in a row": (
        "answer: delivery}",
        "answer: delvery}",
        "delvery",
        "there is no step 'delvery'; allowed: about,",
    ),
    "row with nothing": (
        ", answer: delivery}",
        "}",
        "领取方式, en: Delivery}}",
        "a row shows either an answer or a value",
    ),
    "words for an answer": (
        "answer: delivery}",
        "answer: delivery, words: {post: {zh: 寄, en: post}}}",
        "answer: delivery, words",
        "an answer has words of its own; allowed: words beside value",
    ),
    "two submits": ("kind: result", "kind: submit\n    x: y", "x: y", "unknown key 'x'; allowed:"),
    "no review": (
        "kind: review",
        "kind: promise\n    paragraphs: [{zh: 一, en: a}]\n    agree: {zh: 是, en: y}",
        "submit: {zh",
        "unknown key 'submit'",
    ),
    "a face that is written on": (
        "  - id: review",
        "  - id: face\n    kind: capture\n    title: {zh: 脸, en: f}\n    camera: face\n    material: {zh: 脸, en: f}\n"
        "    guidance: {zh: 看, en: look}\n    skip: {zh: 跳过, en: skip}\n    watermark: true\n\n  - id: review",
        "watermark: true",
        "a picture of a face is not written on; allowed: camera: document",
    ),
    "posted to nowhere": (
        "case_rows:",
        'handover:\n  - {when: delivery == "post", by: post}\ncase_rows:',
        "by: post}",
        "a handover by post has other keys; allowed: when, by, parts, to or at",
    ),
    "ways that are never reached": (
        "case_rows:",
        "handover:\n  - {by: post, to: parcel.address}\n  - {by: post, to: parcel.address}\ncase_rows:",
        "- {by: post",
        "the ways after this one are never reached; allowed: when,",
    ),
    "posted where nobody was asked": (
        "case_rows:",
        "handover:\n  - {by: post, to: parcel.adress}\ncase_rows:",
        "parcel.adress",
        "expression fails on answers it can meet",
    ),
    "instant without rules": (
        "kind: accepted",
        "kind: instant",
        "kind: instant",
        "an instant matter needs rules to decide by",
    ),
    "no list of steps": (
        "needs: [idcard]",
        "needs: [idcard, toaster]",
        "toaster",
        "'toaster' is not known as needs; allowed: 'idcard',",
    ),
    "unknown way to identify": (
        "    kind: identify\n",
        "    kind: identify\n    by: [voice]\n",
        "by: [voice]",
        "'voice' is not known as by; allowed: 'card', 'passport', 'phone', 'face'",
    ),
    "face and card": (
        "    kind: identify\n",
        "    kind: identify\n    by: [face, card]\n",
        "by: [face, card]",
        "identifying by the face stands alone; allowed: by: [face]",
    ),
    "face without camera": (
        "    kind: identify\n",
        "    kind: identify\n    by: [face]\n",
        "by: [face]",
        "needs the face_camera, which `needs` does not list",
    ),
    "filmed without having agreed": (
        "    kind: identify\n",
        "    kind: identify\n    by: [face]\n",
        "by: [face]",
        "nobody is filmed without having agreed; allowed: a notice before it",
    ),
    "network and queue": ("needs: [idcard]", "needs: [network]", "needs: [network]", "needs the network cannot queue"),
    "reason for nothing": (
        "offline: queue ",
        "offline_reason: {zh: 因, en: why}\noffline: queue ",
        "offline_reason",
        "can be done offline has nothing to explain; allowed: offline: refuse",
    ),
    "unknown event of life": (
        "minutes: 2",
        "minutes: 2\nsearch: {events: [moving]}",
        "search:",
        "unknown event of life 'moving'; allowed: papers, health",
    ),
    "window always open": ("minutes: 2", "minutes: 2\nwindow: {text: {zh: 总, en: x}}", "window:", "restricts nothing"),
    "hours the wrong way round": (
        "minutes: 2",
        'minutes: 2\nwindow: {text: {zh: 夜, en: night}, hours: {start: "17:00", end: "08:00"}}',
        "window:",
        "the hours end before they begin; allowed: start before end",
    ),
    "no hour of the day": (
        "minutes: 2",
        'minutes: 2\nwindow: {text: {zh: 夜, en: night}, hours: {start: "8", end: "24:00"}}',
        "window:",
        "'24:00' cannot be a name here; allowed: an hour of the day, such as 17:00",
    ),
    "thirteenth month": (
        "minutes: 2",
        "minutes: 2\nwindow: {text: {zh: 夜, en: night}, months: [13]}",
        "window:",
        "must be less than or equal to 12",
    ),
    "fee in a text": (
        "minutes: 2",
        "minutes: 2\nfee: {text: {zh: 费, en: fee}, amount: today}",
        "fee:",
        "must give a whole number of 分, or null",
    ),
    "fee that fails": (
        "minutes: 2",
        "minutes: 2\nfee: {text: {zh: 费, en: fee}, amount: size(parcel.mobile)}",
        "fee:",
        "works while answers are missing",
    ),
    "one part": (
        "case_rows:",
        "parts:\n  - {id: a, title: {zh: 一, en: a}, department: {zh: 部, en: d}, answers: [who]}\ncase_rows:",
        "parts:",
        "a linked matter has at least two parts",
    ),
    "parts in a circle": (
        "case_rows:",
        "parts:\n"
        "  - {id: a, title: {zh: 一, en: a}, department: {zh: 部, en: d}, needs: [b], answers: [who]}\n"
        "  - {id: b, title: {zh: 二, en: b}, department: {zh: 部, en: d}, needs: [a], answers: [who]}\ncase_rows:",
        "id: a",
        "parts wait for each other: a → b → a; allowed: needs without a circle",
    ),
    "part of nothing": (
        "case_rows:",
        TWO_PARTS.replace("answers: [who]", "needs: [c], answers: [who]"),
        "id: a",
        "part 'a' needs the unknown part 'c'; allowed: a, b",
    ),
    "part of a review": (
        "case_rows:",
        TWO_PARTS,
        "id: b",
        "there is no step 'review' to take an answer of; allowed: about, who, delivery, parcel",
    ),
    "text for a number": ("version: 1 ", "version: one ", "version: one", "'version' must be a whole number"),
    "version 0": ("version: 1 ", "version: 0 ", "version: 0", "'version' must be greater than or equal to 1"),
    "another name": (
        "id: senior-card ",
        "id: senior ",
        "id: senior",
        "the id 'senior' is not the name of the file; allowed: senior-card",
    ),
    "not YAML": ("brings: {zh:", "brings: {{zh:", "brings: {{", "not YAML"),
    "a tab": ("kind: accepted", "\tkind: accepted", "kind: accepted", "not YAML"),
    "an alias": (
        "{zh: 请核对, en: Please check}",
        "&a {zh: 请核对, en: &b Check}\n    help: *a",
        "&a",
        "anchors and aliases",
    ),
    "a bare date": ("version: 1 ", "version: 2026-01-01 ", "version: 2026", "a date must stand in quotes"),
    "an impossible number": ("version: 1 ", "version: !!int x ", "version: !!int", "cannot be read as int"),
}
