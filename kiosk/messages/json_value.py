"""What JSON can hold, for those who may not import pydantic before the first picture."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
