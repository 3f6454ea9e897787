"""The addresses of the center's pages for phones, as QR codes hold them; a terminal reads them as codes of its own."""

RESUME_CODE = "OEB1:R:"


def follow_address(public_url: str, code: str) -> str:
    """Of the page that shows how far a case is; `code` is that of its receipt."""
    return f"{public_url}/c/{code}"


def resume_address(public_url: str, code: str) -> str:
    """Of the page that says how to go on with a visit that was kept; `code` is signed, `OEB1:R:…`."""
    return f"{public_url}/r/{code.removeprefix(RESUME_CODE)}"
