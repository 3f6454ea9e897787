"""Ways in which an instant matter can be wrong, made from the social insurance certificate."""

# name: (what stands there, what is put instead, what is said)
CERTIFICATE_GALLERY = {
    "rule that never comes": (
        "  - outcome: refused\n",
        "  - when: 'true'\n    outcome: refused\n",
        "the last rule must decide",
    ),
    "rule in the way": ('  - when: record.status == "unavailable"\n    outcome', "  - outcome", "are never reached"),
    "unguarded data": ('  - when: record.status == "notFound"', "  - when: record.data.area == 'x'", "has no 'area'"),
    "no document": ("\ndocument:", "\nunconfirmed:", "key 'unconfirmed' stands here twice"),
    "months not chosen": (
        'period == "own" ? months.to : month',
        "months.to",
        "fails on answers it can meet: `months.to`",
    ),
    "expression over two lines": (
        '    when: period == "own"\n',
        '    when: "period ==\\n: own"\n',
        "broken expression `period == : own`",
    ),
    "consent without no": (
        '    decline: {zh: 不拍照，继续办理, en: "No picture, go on"}\n',
        "",
        "a consent can be declined",
    ),
    "camera not needed": ('    skip: {zh: 不拍了，继续办理, en: "Skip this, go on"}\n', "", "needs the face_camera"),
    "check at no field": (
        "        field: from\n",
        "        field: start\n",
        "there is no field 'start'; allowed: from, to",
    ),
    "decided by people": (
        "kind: instant\n",
        "kind: accepted\n",
        "an accepted matter is decided by people: it has no rules",
    ),
}
