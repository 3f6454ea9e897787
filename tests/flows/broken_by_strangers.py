"""Further ways in which a matter can be wrong, of people who had not seen the check; as in broken_matters.py."""

STRANGERS = {
    "a condition nothing fulfils": ('"post"', '"pst"', 'when: delivery == "pst"', "never reached: `delivery == "),
    "an option that is gone": ("{id: post,", "{id: mail,", "when: delivery", "never reached"),
    "a check nobody passes": (
        "holds: who.birth_date == null || age(who.birth_date, today) >= 60",
        "holds: 'false'",
        "holds:",
        "nobody could go on",
    ),
    "an expression without end": (
        'delivery == "post"',
        "true" + " && true" * 200,
        "when: true",
        "is too long; allowed: 1000 characters",
    ),
    "lists over lists over lists": (
        'delivery == "post"',
        "'[1].all(a, [1].all(b, [1].all(c, true)))'",
        "when:",
        "goes over lists too often; allowed: 2 times",
    ),
    "a function with too little": (
        "age(who.birth_date, today)",
        "age(who.birth_date)",
        "holds:",
        "age() missing 1 required positional argument: 'today'",
    ),
    "no pattern": ('delivery == "post"', "\"'x'.matches('([a-z')\"", "when:", "'([a-z' is no pattern"),
    "a card without that": (
        "answer: who.name",
        "answer: who.nmae",
        "nmae",
        "a card has no 'nmae'; allowed: who.kind, who.name,",
    ),
    "true is no expression": (
        'when: delivery == "post"',
        "when: true",
        "when: true",
        "'when' must be a text: put it in quotes",
    ),
    "no is no text": ("en: By post", "en: no", "en: no", "'en' must be a text: put it in quotes"),
    "one word for a list": ("needs: [idcard]", "needs: idcard", "needs: idcard", "'needs' must be a list"),
    "a version without end": (
        "version: 1",
        "version: 99999999999999",
        "version: 9",
        "'version' must be less than or equal to",
    ),
    "one option": (
        "      - {id: post, label: {zh: 邮寄, en: By post}}\n",
        "",
        "options:",
        "'options' has 1; allowed: 2 or more",
    ),
    "a letter that only looks like ours": ("minutes: 2", "mіnutes: 2", "mіnutes", "its 'і' is Cyrillic small letter"),
    "a fee below nothing": (
        "minutes: 2",
        "minutes: 2\nfee: {text: {zh: 一, en: a}, amount: '-1'}",
        "fee:",
        "a fee is 0 or more",
    ),
    "promised later than the law": (
        "minutes: 2",
        "minutes: 2\nlimits: {legal_days: 5, promised_days: 20}",
        "limits:",
        "20 days are promised where the law allows 5",
    ),
    "the thirty-first of February": (
        "minutes: 2",
        "minutes: 2\nwindow: {text: {zh: 一, en: a}, months: [2], days: [31]}",
        "window:",
        "none of these months has one of these days",
    ),
    "no thirteenth month": (
        "minutes: 2",
        "minutes: 2\nwindow: {text: {zh: 一, en: a}, months: [13]}",
        "window:",
        "'months' must be less than or equal to 12",
    ),
    "a sign nobody sees": ("zh: 邮寄", "zh: 邮\u202e寄", "zh: 邮", "the invisible character U+202E stands here"),
}
