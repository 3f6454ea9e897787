"""How to reach somebody: mobile, any phone, e-mail."""

import re

from flows.field_types.kind import FieldProblem, Kind, compact, problem
from flows.text import Text

_EMAIL = re.compile(r"[a-z0-9._%+\-]{1,64}@[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)+")


def _mobile(text: str) -> str | FieldProblem:
    digits = compact(text.removeprefix("+86"))
    if not re.fullmatch("[0-9]+", digits):
        return problem("notDigits", "只能填数字，请检查是否有字母", "Only digits here: check for letters")
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) != 11:
        return problem(
            "length",
            f"手机号是 11 位，现在是 {len(digits)} 位，请再数一遍",
            f"A mobile number has 11 digits, this has {len(digits)}: count again",
        )
    if not re.match(r"1[3-9]", digits):
        return _not_a_mobile()
    return digits


def _not_a_mobile() -> FieldProblem:
    return problem("start", "手机号以 13 到 19 开头，请检查前两位", "A mobile number starts with 13 to 19: check it")


def _early_mobile(text: str) -> FieldProblem | None:
    digits = compact(text)
    if digits[:1] in ("+", "8"):  # with the country's code
        return None
    if not re.fullmatch("[0-9]*", digits) or len(digits) >= 11:
        found = _mobile(text)
        return found if isinstance(found, FieldProblem) else None
    return None if re.fullmatch("(1([3-9][0-9]*)?)?", digits) else _not_a_mobile()


def _phone(text: str) -> str | FieldProblem:
    """A mainland mobile (11 digits), a landline with its area (0577-65812345), or abroad (+390612345678)."""
    digits = re.sub(r"[()]", "", compact(text))
    if re.fullmatch("(00|[+])[0-9]+", digits):
        digits = re.sub("^(00|[+])", "", digits)
        if not 7 <= len(digits) <= 15 or digits.startswith("0"):  # E.164
            return problem(
                "length",
                "国外号码请以 + 和国家代码开头，例如 +39 06 1234567",
                "A number abroad begins with + and the country's code, such as +39 06 1234567",
            )
        return digits[2:] if re.fullmatch("861[3-9][0-9]{9}", digits) else f"+{digits}"
    if re.fullmatch("1[3-9][0-9]{9}", digits):
        return digits
    if re.fullmatch("0(10|2[0-9])[0-9]{8}", digits):
        return f"{digits[:3]}-{digits[3:]}"
    if re.fullmatch("0[3-9][0-9]{2}[0-9]{7,8}", digits):
        return f"{digits[:4]}-{digits[4:]}"
    return problem(
        "shape",
        "请填 11 位手机号，或带区号的座机，例如 0577-65812345；国外号码以 + 开头",
        "Enter a mobile number of 11 digits, a landline with its area code, or one abroad beginning with +",
    )


def _early_phone(text: str) -> FieldProblem | None:
    if re.fullmatch(r"[0-9+()\-\s]{0,24}", text):
        return None
    return problem("notDigits", "电话号码只有数字和 +", "A phone number has only digits and +")


def _email(text: str) -> str | FieldProblem:
    address = text.replace(" ", "").lower()
    if not _EMAIL.fullmatch(address) or ".." in address:
        return problem(
            "shape", "请填完整的邮箱，例如 name@example.com", "Enter the whole address, such as name@example.com"
        )
    return address


def _early_email(text: str) -> FieldProblem | None:
    if text.count("@") > 1:
        return problem("characters", "邮箱里只有一个 @", "An e-mail address has one @")
    if re.search(r"[^A-Za-z0-9._%+\-@\s]", text):
        return problem("characters", "邮箱只有字母、数字、点和 @", "An e-mail address has letters, digits, dots and @")
    return None


MOBILE = Kind("digits", _mobile, "13800000000", early=_early_mobile)
PHONE = Kind(
    "phone", _phone, "0577-65812345", early=_early_phone,
    format_hint=Text(zh="手机或带区号的座机；国外号码以 + 开头", en="Mobile, or landline with area code; abroad: +"),
)  # fmt: skip
EMAIL = Kind("latin", _email, "name@example.com", early=_early_email)
